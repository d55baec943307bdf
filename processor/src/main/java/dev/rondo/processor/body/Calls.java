package dev.rondo.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.rondo.processor.body.Marks.Mark;
import dev.rondo.processor.body.Traits.Trait;
import dev.rondo.processor.model.RondoNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** What calls do: read and set attributes, wait for the device, run methods that are seen or not. */
final class Calls {
    private static final String OURS = "dev.rondo.";

    /** Packages whose methods wait only where they are marked. */
    private static final List<String> MARKED = List.of(OURS, "org.bytedeco.", "java.", "org.slf4j.");

    /** Interfaces of Java whose methods users write. */
    private static final List<String> USERS =
            List.of("java.util.function.", "java.lang.Runnable", "java.util.concurrent.");

    private final Knowledge knowledge;
    private final Frame frame;
    private final Unit unit;
    private final Values values;
    private final BodyWalker walker;
    private final Stores stores;

    Calls(Knowledge knowledge, Frame frame, Values values, Stores stores, BodyWalker walker) {
        this.knowledge = knowledge;
        this.frame = frame;
        this.values = values;
        this.walker = walker;
        unit = frame.unit();
        this.stores = stores;
    }

    void call(MethodInvocationTree tree) {
        Optional<ExecutableElement> known = unit.method(tree);
        if (known.isEmpty() || known.get().getKind() == ElementKind.CONSTRUCTOR) return;
        ExecutableElement method = known.get();
        Tree receiver = Unit.receiver(tree);
        Traits object = receiver == null ? Traits.UNKNOWN : values.of(receiver);
        if (knowledge.isOwn(frame, method, tree)) {
            Summary called = knowledge.summary(method, values.ofAll(tree.getArguments()));
            boolean marked = knowledge.marks().has(RondoNames.WAITS_FOR_DEVICE, method);
            if (isHook(method)) {
                // A subclass may do something else.
                if (passesLearner(tree.getArguments())) walker.unseen(Summary.Unseen.LEARNER);
                walker.unseen(Summary.Unseen.CALLS);
            }
            walker.addAll(marked ? called.withoutWaits() : called, method);
            waits(tree, method, object, tree.getArguments());
            return;
        }
        if (object.has(Trait.LEARNER)) ofLearner(tree, method);
        Optional<TypeMirror> type = receiver == null ? Optional.empty() : unit.type(receiver);
        waits(tree, method, object, tree.getArguments());
        stores.call(tree, method, type, object);
        changes(method, type);
        unseen(tree, method, tree.getArguments());
    }

    private void changes(ExecutableElement method, Optional<TypeMirror> type) {
        String name = method.getSimpleName().toString();
        boolean inPlace = name.endsWith("_") || name.endsWith("_out") || name.endsWith("_outf");
        if (inPlace && knowledge.marks().has(Mark.OPERATOR, method, type)
                || knowledge.marks().has(Mark.CHANGES, method, type)) walker.unseen(Summary.Unseen.TENSORS);
    }

    void creation(NewClassTree tree) {
        unit.method(tree).ifPresent(constructor -> {
            waits(tree, constructor, Traits.UNKNOWN, tree.getArguments());
            stores.creation(tree, constructor);
            unseen(tree, constructor, tree.getArguments());
        });
    }

    /** A method reference that runs now, with elements of a value. */
    void reference(MemberReferenceTree tree, Traits elements) {
        Optional<ExecutableElement> known = unit.method(tree);
        if (known.isEmpty()) return;
        ExecutableElement method = known.get();
        if (knowledge.isOwn(frame, method, tree)) {
            List<Traits> arguments = method.getParameters().stream()
                    .map(p -> knowledge.learners().holdsTensors(p.asType()) ? elements : Traits.UNKNOWN)
                    .toList();
            walker.addAll(knowledge.summary(method, arguments), method);
            return;
        }
        if (values.of(tree.getQualifierExpression()).has(Trait.LEARNER)) ofLearner(tree, method);
        waits(tree, method, elements, List.of());
        stores.reference(tree, method, elements);
        changes(method, unit.type(tree.getQualifierExpression()));
        unseen(tree, method, List.of());
        if (elements.has(Trait.BATCH) && !isSeen(method)) walker.unseen(Summary.Unseen.TENSORS);
    }

    private void ofLearner(Tree tree, ExecutableElement method) {
        knowledge
                .learners()
                .read(method)
                .ifPresent(a -> walker.add(new Use.Read(a, walker.place(tree), walker.when())));
        knowledge
                .learners()
                .written(method)
                .ifPresent(a -> walker.add(new Use.Write(a, walker.place(tree), walker.when())));
    }

    private void waits(Tree tree, ExecutableElement method, Traits object, List<? extends ExpressionTree> arguments) {
        Tree receiver = Unit.receiver(tree);
        Optional<TypeMirror> type = receiver == null ? Optional.empty() : unit.type(receiver);
        boolean waits = knowledge.marks().has(RondoNames.WAITS_FOR_DEVICE, method) && !getsOnlyOfHost(arguments)
                || knowledge.marks().has(Mark.WAITS, method, type) && !isOnHost(method, object, arguments)
                || knowledge.marks().has(Mark.WAITS_FOR_CPU, method, type)
                        && !object.has(Trait.HOST)
                        && arguments.stream().anyMatch(a -> values.of(a).has(Trait.CPU));
        if (waits) walker.add(new Use.Wait(name(method), walker.place(tree), walker.when()));
    }

    /** Whether a method gets tensors, all of which the host has. */
    private boolean getsOnlyOfHost(List<? extends ExpressionTree> arguments) {
        List<? extends ExpressionTree> tensors =
                arguments.stream().filter(values::holdsTensors).toList();
        return !tensors.isEmpty()
                && tensors.stream().allMatch(tensor -> values.of(tensor).has(Trait.HOST));
    }

    private boolean isOnHost(ExecutableElement method, Traits object, List<? extends ExpressionTree> arguments) {
        if (!method.getModifiers().contains(Modifier.STATIC)) return object.has(Trait.HOST);
        return !arguments.isEmpty() && values.of(arguments.get(0)).has(Trait.HOST);
    }

    private static String name(ExecutableElement method) {
        return method.getKind() == ElementKind.CONSTRUCTOR
                ? "new " + method.getEnclosingElement().getSimpleName()
                : method.getSimpleName().toString();
    }

    private void unseen(Tree call, ExecutableElement method, List<? extends ExpressionTree> arguments) {
        if (passesLearner(arguments)) walker.unseen(Summary.Unseen.LEARNER);
        if (isSeen(method)) return;
        walker.unseen(Summary.Unseen.CALLS);
        Tree receiver = Unit.receiver(call);
        if (receiver != null && values.holdsTensors(receiver)
                || arguments.stream().anyMatch(values::holdsTensors)) walker.unseen(Summary.Unseen.TENSORS);
    }

    /** Whether marks say what a method does: no code of a user runs in it. */
    private boolean isSeen(ExecutableElement method) {
        TypeElement owner = (TypeElement) method.getEnclosingElement();
        String name = owner.getQualifiedName().toString();
        boolean ofUsers = USERS.stream().anyMatch(name::startsWith)
                || name.startsWith(OURS)
                        && (isHook(method) || knowledge.marks().has(Mark.RUNS, method, Optional.empty()));
        return MARKED.stream().anyMatch(name::startsWith) && !ofUsers;
    }

    private boolean passesLearner(List<? extends ExpressionTree> arguments) {
        return arguments.stream().anyMatch(a -> values.of(a).has(Trait.LEARNER));
    }

    /** Whether a method is made to be overridden. */
    private static boolean isHook(ExecutableElement method) {
        Set<Modifier> modifiers = method.getModifiers();
        return method.getKind() == ElementKind.METHOD
                && (modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED))
                && !modifiers.contains(Modifier.STATIC)
                && !modifiers.contains(Modifier.FINAL)
                && !method.getEnclosingElement().getModifiers().contains(Modifier.FINAL);
    }

    /** Whether a method runs a function that it is given before it returns. */
    boolean runsNow(ExecutableElement method) {
        TypeElement owner = (TypeElement) method.getEnclosingElement();
        return Values.isOfJava(owner)
                && !owner.getQualifiedName().toString().startsWith("java.util.concurrent.")
                && !knowledge.marks().has(Mark.LATER, method, Optional.empty());
    }
}
