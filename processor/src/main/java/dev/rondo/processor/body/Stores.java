package dev.rondo.processor.body;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.processor.body.Marks.Mark;
import dev.rondo.processor.body.Traits.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;

/** Finds tensors of a batch that are put where they outlive it. */
final class Stores {
    private static final String LATER = "what runs later";

    private final Knowledge knowledge;
    private final Frame frame;
    private final Unit unit;
    private final Values values;
    private final BodyWalker walker;

    Stores(Knowledge knowledge, Frame frame, Values values, BodyWalker walker) {
        this.knowledge = knowledge;
        this.frame = frame;
        this.values = values;
        this.walker = walker;
        unit = frame.unit();
    }

    void assignment(AssignmentTree tree) {
        if (!values.of(tree.getExpression()).has(Trait.BATCH)) return;
        Tree target = tree.getVariable();
        Element element = unit.element(target);
        boolean field = element != null && element.getKind() == ElementKind.FIELD;
        if (field && outlives(target, element)) {
            escape(tree.getExpression(), "field '" + element.getSimpleName() + "'", tree, Optional.of(element));
        } else if (target instanceof ArrayAccessTree && values.of(target).has(Trait.OUTLIVING)) {
            Optional<Element> root = values.root(target);
            escape(tree.getExpression(), named(root, "the array"), tree, root);
        }
    }

    private boolean outlives(Tree target, Element field) {
        return target instanceof IdentifierTree
                || field.getModifiers().contains(Modifier.STATIC)
                || target instanceof MemberSelectTree select
                        && values.of(select.getExpression()).has(Trait.OUTLIVING);
    }

    private static String named(Optional<Element> field, String otherwise) {
        return field.map(f -> "'" + f.getSimpleName() + "'").orElse(otherwise);
    }

    void call(MethodInvocationTree tree, ExecutableElement method, Optional<TypeMirror> type, Traits object) {
        Marks marks = knowledge.marks();
        if (marks.has(Mark.STORES, method, type)) {
            List<? extends ExpressionTree> arguments = tree.getArguments();
            boolean first = method.getModifiers().contains(Modifier.STATIC) && !arguments.isEmpty();
            if (first) stored(tree, arguments.get(0), arguments.subList(1, arguments.size()));
            else if (object.has(Trait.OUTLIVING)) stored(tree, Unit.receiver(tree), arguments);
        }
        if (marks.has(Mark.UNTIL, method, type) && tree.getArguments().size() == 2) {
            Element scope = unit.element(tree.getArguments().get(0));
            if (isWide(scope)) captured(List.of(tree.getArguments().get(1)), named(scope));
        } else if (marks.has(Mark.SCOPED, method, type) && tree.getArguments().size() == 2) {
            scoped(tree);
        } else if (marks.has(Mark.LATER, method, type) && !isJoined(tree)) {
            captured(tree.getArguments(), LATER);
        }
    }

    /** What is put into a collection or an array. */
    private void stored(Tree call, Tree into, List<? extends ExpressionTree> parts) {
        if (!values.of(into).has(Trait.OUTLIVING)) return;
        Optional<? extends ExpressionTree> tensor =
                parts.stream().filter(part -> values.of(part).has(Trait.BATCH)).findFirst();
        Optional<Element> root = values.root(into);
        tensor.ifPresent(t -> escape(t, named(root, "the collection"), call, root));
    }

    /** A method reference that runs now, with elements of a value: {@code forEach(all::add)}. */
    void reference(MemberReferenceTree tree, ExecutableElement method, Traits elements) {
        ExpressionTree into = tree.getQualifierExpression();
        if (!elements.has(Trait.BATCH)
                || !knowledge.marks().has(Mark.STORES, method, unit.type(into))
                || !values.of(into).has(Trait.OUTLIVING)) return;
        Optional<Element> root = values.root(into);
        escape(tree, named(root, "the collection"), tree, root);
    }

    /** A value of a scope. */
    private void scoped(MethodInvocationTree tree) {
        Optional<Element> variable = values.root(Unit.receiver(tree));
        Optional<Element> scope = variable.flatMap(knowledge::scope);
        ExpressionTree value = tree.getArguments().get(1);
        if (scope.isPresent() && isWide(scope.get()) && values.of(value).has(Trait.BATCH))
            escape(value, named(scope.get()), tree, variable);
    }

    /** Whether the handler waits for what runs later: it joins it, or closes its executor. */
    private boolean isJoined(MethodInvocationTree tree) {
        if (frame.assignments().joins()) return true;
        Element executor = Unit.receiver(tree) == null ? null : unit.element(Unit.receiver(tree));
        return executor != null && executor.getKind() == ElementKind.RESOURCE_VARIABLE;
    }

    void creation(NewClassTree tree, ExecutableElement constructor) {
        if (knowledge.marks().has(Mark.LATER, constructor, unit.type(tree))
                && !frame.assignments().joins()) captured(tree.getArguments(), LATER);
    }

    private static String named(Element scope) {
        return "the scope '" + scope.getSimpleName().toString().toLowerCase(Locale.ROOT) + "'";
    }

    /** Whether a constant is a scope around batches. */
    private static boolean isWide(Element constant) {
        return constant != null
                && constant.getKind() == ElementKind.ENUM_CONSTANT
                && Arrays.stream(Scope.values())
                        .anyMatch(scope -> constant.getSimpleName().contentEquals(scope.name())
                                && !Event.valueOf("BEFORE_" + scope).insideBatch());
    }

    /** Reports the tensors that functions capture, each once. */
    private void captured(List<? extends ExpressionTree> functions, String into) {
        for (ExpressionTree function : functions) {
            List<IdentifierTree> names = new ArrayList<>();
            List<Element> seen = new ArrayList<>(); // and what the function declares
            if (function instanceof LambdaExpressionTree || function instanceof MemberReferenceTree) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitIdentifier(IdentifierTree name, Void none) {
                        names.add(name);
                        return null;
                    }

                    @Override
                    public Void visitVariable(VariableTree tree, Void none) {
                        seen.add(unit.element(tree));
                        return super.visitVariable(tree, none);
                    }
                }.scan(function, null);
            } else if (function instanceof IdentifierTree name) {
                names.add(name);
            }
            boolean tensor =
                    !(function instanceof IdentifierTree) && values.of(function).has(Trait.BATCH);
            if (tensor || ofTensor(function)) {
                escape(function, into, function, Optional.empty());
            }
            for (IdentifierTree name : names) {
                Element variable = unit.element(name);
                if (variable == null
                        || seen.contains(variable)
                        || !values.of(name).has(Trait.BATCH)) continue;
                seen.add(variable);
                escape(name, into, name, Optional.empty());
            }
        }
    }

    /** A method reference to a tensor that is no variable. */
    private boolean ofTensor(ExpressionTree function) {
        return function instanceof MemberReferenceTree reference
                && !(reference.getQualifierExpression() instanceof IdentifierTree)
                && values.of(reference.getQualifierExpression()).has(Trait.BATCH);
    }

    private void escape(ExpressionTree tensor, String into, Tree at, Optional<Element> field) {
        String what = tensor instanceof IdentifierTree name ? "'" + name.getName() + "'" : "This tensor";
        walker.add(new Use.Escape(what, into, field, walker.place(at), walker.when()));
    }
}
