package dev.rondo.processor.body;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import dev.rondo.processor.body.Marks.Mark;
import dev.rondo.processor.body.Traits.Trait;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** What is known of the expressions in a method. Says nothing where it is not sure. */
final class Values {
    private static final String CPU = "CPU";
    private static final String OPTIONS = "TensorOptions";

    private final Knowledge knowledge;
    private final Frame frame;
    private final Unit unit;
    private final Map<Element, Traits> locals = new HashMap<>();
    private final Map<Tree, Traits> calls = new IdentityHashMap<>();
    /** The number of variables that are being looked at. */
    private int unfinished;

    Values(Knowledge knowledge, Frame frame) {
        this.knowledge = knowledge;
        this.frame = frame;
        unit = frame.unit();
    }

    Unit unit() {
        return unit;
    }

    Traits of(Tree expression) {
        if (expression instanceof ParenthesizedTree t) return of(t.getExpression());
        if (expression instanceof TypeCastTree t) return of(t.getExpression());
        if (expression instanceof AssignmentTree t) return of(t.getExpression());
        if (expression instanceof ConditionalExpressionTree t)
            return of(t.getTrueExpression()).either(of(t.getFalseExpression()));
        if (expression instanceof SwitchExpressionTree t) return ofSwitch(t);
        if (expression instanceof IdentifierTree t) return ofVariable(unit.element(t));
        if (expression instanceof MemberSelectTree t) return ofMember(t);
        if (expression instanceof ArrayAccessTree t) return of(t.getExpression());
        if (expression instanceof NewArrayTree t) return holding(t.getInitializers());
        if (expression instanceof NewClassTree t) return ofNew(t);
        if (expression instanceof MethodInvocationTree t) return ofCall(t);
        return expression.getKind() == Tree.Kind.NULL_LITERAL ? Traits.NEUTRAL : Traits.UNKNOWN;
    }

    /** A chain of calls is asked for at each of its links. */
    private Traits ofCall(MethodInvocationTree tree) {
        Traits known = calls.get(tree);
        if (known != null) return known;
        Traits traits = unit.method(tree).map(method -> ofCall(tree, method)).orElse(Traits.UNKNOWN);
        if (unfinished == 0) calls.put(tree, traits);
        return traits;
    }

    List<Traits> ofAll(List<? extends ExpressionTree> expressions) {
        return expressions.stream().map(this::of).toList();
    }

    private Traits ofSwitch(SwitchExpressionTree tree) {
        List<ExpressionTree> results = new ArrayList<>();
        for (CaseTree c : tree.getCases()) {
            if (c.getBody() instanceof ExpressionTree result) results.add(result);
        }
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitYield(YieldTree yield, Void none) {
                results.add(yield.getValue());
                return null;
            }
        }.scan(tree.getCases(), null);
        return results.stream().map(this::of).reduce(Traits.NEUTRAL, Traits::either);
    }

    Traits ofVariable(Element variable) {
        if (variable == null) return Traits.UNKNOWN;
        if (variable.getKind() == ElementKind.ENUM_CONSTANT)
            return variable.getSimpleName().contentEquals(CPU) ? Traits.CPU : Traits.OUTLIVING;
        if (variable.getSimpleName().contentEquals("this")) return Traits.OUTLIVING;
        if (variable.getKind() == ElementKind.FIELD) return knowledge.field(variable);
        if (!(variable.getKind() == ElementKind.PARAMETER
                || variable.getKind() == ElementKind.LOCAL_VARIABLE
                || variable.getKind() == ElementKind.BINDING_VARIABLE
                || variable.getKind() == ElementKind.RESOURCE_VARIABLE)) return Traits.UNKNOWN;
        Traits known = locals.get(variable);
        if (known != null) return known;
        unfinished++;
        locals.put(variable, Traits.NEUTRAL); // while it is being looked at: it may be assigned from itself
        Traits traits = frame.variables()
                .getOrDefault(variable, variable.getKind() == ElementKind.PARAMETER ? Traits.UNKNOWN : Traits.NEUTRAL);
        for (ExpressionTree value : frame.assignments().of(variable)) traits = traits.or(of(value));
        for (ExpressionTree value : frame.assignments().addedTo(variable)) {
            if (of(value).has(Trait.BATCH)) traits = traits.with(Trait.BATCH);
        }
        if (traits.has(Trait.BATCH) && (isOwned(variable) || isPlain(variable))) traits = traits.without(Trait.BATCH);
        locals.put(variable, traits);
        unfinished--;
        return traits;
    }

    /** Whether the method, or one that it passes a variable to, takes what the variable holds out of its native scope. */
    private boolean isOwned(Element variable) {
        return frame.assignments().owns(variable)
                || frame.assignments().passed(variable).stream().anyMatch(passed -> unit.method(passed.call())
                        .filter(method -> knowledge.isOwn(frame, method, passed.call())
                                && knowledge.takes(method, passed.number()))
                        .isPresent());
    }

    /** Whether a variable is a part of a pattern that holds no tensor. */
    private boolean isPlain(Element variable) {
        TypeMirror type = variable.asType();
        return variable.getKind() == ElementKind.BINDING_VARIABLE
                && !knowledge.learners().holdsTensors(type)
                && (type.getKind().isPrimitive() || type.toString().startsWith("java.lang.") && !isObject(type));
    }

    private static boolean isObject(TypeMirror type) {
        return type.toString().equals(Object.class.getName());
    }

    private Traits ofMember(MemberSelectTree tree) {
        Element member = unit.element(tree);
        if (member == null || !(member.getKind() == ElementKind.FIELD || member.getKind() == ElementKind.ENUM_CONSTANT))
            return Traits.UNKNOWN;
        if (member.getKind() == ElementKind.ENUM_CONSTANT
                || member.getModifiers().contains(Modifier.STATIC)
                || tree.getExpression() instanceof IdentifierTree name
                        && name.getName().contentEquals("this")) return ofVariable(member);
        return of(tree.getExpression()).has(Trait.OUTLIVING) ? Traits.OUTLIVING : Traits.UNKNOWN;
    }

    boolean holdsTensors(Tree expression) {
        return unit.type(expression).filter(knowledge.learners()::holdsTensors).isPresent();
    }

    /** A value that holds others: one of the batch is enough. */
    private Traits holding(List<? extends ExpressionTree> parts) {
        if (parts == null || parts.isEmpty()) return Traits.NEUTRAL;
        boolean batch = false;
        boolean host = true;
        for (ExpressionTree part : parts) {
            Traits traits = of(part);
            batch |= traits.has(Trait.BATCH);
            host &= traits.has(Trait.HOST) || !holdsTensors(part);
        }
        if (!batch) return Traits.UNKNOWN;
        return host ? Traits.BATCH.with(Trait.HOST) : Traits.BATCH;
    }

    private Traits ofNew(NewClassTree tree) {
        Optional<ExecutableElement> constructor = unit.method(tree);
        if (constructor.isEmpty() || tree.getClassBody() != null) return Traits.UNKNOWN;
        ExecutableElement method = constructor.get();
        TypeElement type = (TypeElement) method.getEnclosingElement();
        if (isOfJava(type)) return tree.getArguments().isEmpty() ? Traits.NEUTRAL : holding(tree.getArguments());
        if (knowledge.marks().has(Mark.CPU_OF, method, Optional.empty())) {
            boolean elsewhere = type.getSimpleName().contentEquals(OPTIONS)
                    && tree.getArguments().stream().noneMatch(this::isDevice);
            return elsewhere ? Traits.CPU : ofDevice(tree.getArguments()); // options without a device mean the host
        }
        boolean implicit = type.getKind() == ElementKind.RECORD
                && knowledge.elements().getOrigin(method) == Elements.Origin.MANDATED;
        return implicit || knowledge.marks().has(Mark.HOLDS, method, Optional.empty())
                ? holding(tree.getArguments())
                : Traits.UNKNOWN;
    }

    private Traits ofDevice(List<? extends ExpressionTree> arguments) {
        for (ExpressionTree argument : arguments) {
            if (of(argument).has(Trait.CPU)) return Traits.CPU;
            if (argument instanceof com.sun.source.tree.LiteralTree literal && "cpu".equals(literal.getValue()))
                return Traits.CPU;
        }
        return Traits.UNKNOWN;
    }

    static boolean isOfJava(TypeElement type) {
        String name = type.getQualifiedName().toString();
        return name.startsWith("java.util.") || name.startsWith("java.lang.");
    }

    private Traits ofCall(MethodInvocationTree tree, ExecutableElement method) {
        Tree object = Unit.receiver(tree);
        Traits receiver = object == null ? Traits.UNKNOWN : of(object);
        Optional<TypeMirror> type = object == null ? Optional.empty() : unit.type(object);
        Marks marks = knowledge.marks();
        if (knowledge.isOwn(frame, method, tree))
            return knowledge.summary(method, ofAll(tree.getArguments())).result();
        if (marks.has(Mark.OWNS, method, type)) return Traits.UNKNOWN; // also what its type would take for an operator
        if (receiver.has(Trait.LEARNER))
            return knowledge
                    .learners()
                    .read(method)
                    .filter(knowledge.learners()::diesWithBatch)
                    .map(attribute -> Traits.BATCH)
                    .orElse(Traits.UNKNOWN);
        if (marks.has(Mark.CPU, method, type)) return Traits.CPU;
        if (marks.has(Mark.CPU_OF, method, type)) {
            boolean moves = tree.getArguments().stream().anyMatch(this::isDevice);
            return moves ? ofDevice(tree.getArguments()) : receiver;
        }
        boolean tensors = knowledge.learners().holdsTensors(method.getReturnType()) || holdsTensors(tree);
        if (marks.has(Mark.OPERATOR, method, type))
            return tensors ? ofOperator(tree, method, receiver) : Traits.UNKNOWN;
        if (marks.has(Mark.HOLDS, method, type)) return holding(tree.getArguments());
        TypeElement owner = (TypeElement) method.getEnclosingElement();
        boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
        boolean component =
                owner.getKind() == ElementKind.RECORD && tree.getArguments().isEmpty() && !isStatic;
        if (component && owner.equals(frame.type()) && Knowledge.isThis(tree)) return Traits.OUTLIVING;
        if (isOfJava(owner)) {
            if (isStatic) return tensors ? holding(tree.getArguments()) : Traits.UNKNOWN;
            if (receiver.has(Trait.OUTLIVING)
                    && !method.getReturnType().getKind().isPrimitive())
                return isContainer(tree) ? Traits.OUTLIVING : Traits.UNKNOWN;
            if (receiver.has(Trait.BATCH)) return ofElements(tree, method, type, receiver, tensors);
            return Traits.UNKNOWN;
        }
        // An accessor of a batch, an element of a vector or a tuple.
        boolean element = receiver.has(Trait.BATCH)
                && tensors
                && !isStatic
                && (component || owner.getQualifiedName().toString().startsWith("org.bytedeco."));
        return element ? receiver : Traits.UNKNOWN;
    }

    private boolean isContainer(Tree expression) {
        return unit.type(expression)
                .filter(t -> knowledge.rules().isA(t, "java.util.Collection")
                        || knowledge.rules().isA(t, "java.util.Map"))
                .isPresent();
    }

    /** A new tensor in the memory of its operands; or, of an operator in place, the operand. */
    private Traits ofOperator(MethodInvocationTree tree, ExecutableElement method, Traits receiver) {
        boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
        List<? extends ExpressionTree> arguments = tree.getArguments();
        String name = method.getSimpleName().toString();
        if (name.endsWith("_")) {
            if (!isStatic) return receiver;
            return arguments.isEmpty() ? Traits.UNKNOWN : of(arguments.get(0));
        }
        boolean moves = arguments.stream().anyMatch(this::isDevice);
        boolean host = moves
                ? arguments.stream().anyMatch(argument -> of(argument).has(Trait.CPU))
                : name.equals("cpu") || !name.equals("cuda") && allOnHost(isStatic, receiver, arguments);
        return host ? Traits.BATCH.with(Trait.HOST) : Traits.BATCH;
    }

    private boolean allOnHost(boolean isStatic, Traits receiver, List<? extends ExpressionTree> arguments) {
        return (isStatic || receiver.has(Trait.HOST))
                && arguments.stream().allMatch(a -> !holdsTensors(a) || of(a).has(Trait.HOST));
    }

    private boolean isDevice(ExpressionTree argument) {
        return unit.type(argument)
                .filter(t -> t.getKind() == TypeKind.DECLARED)
                .map(t -> knowledge.rules().element(t))
                .filter(e -> {
                    String name = e.getSimpleName().toString();
                    return name.startsWith("Device") || name.equals(OPTIONS);
                })
                .isPresent();
    }

    /** What a method of a collection, a stream or an optional gives, of tensors of the batch. */
    private Traits ofElements(
            MethodInvocationTree tree,
            ExecutableElement method,
            Optional<TypeMirror> type,
            Traits receiver,
            boolean tensors) {
        if (!tensors) return Traits.UNKNOWN;
        List<? extends ExpressionTree> arguments = tree.getArguments();
        if (arguments.stream().anyMatch(frame.assignments()::takes)) return Traits.UNKNOWN;
        if (knowledge.marks().has(Mark.PASSES, method, type)
                || arguments.stream().noneMatch(this::isFunction)) return receiver;
        return arguments.size() == 1 ? ofFunction(arguments.get(0), receiver) : Traits.UNKNOWN;
    }

    /** Whether an argument decides what elements become: a function, or a collector of functions. */
    private boolean isFunction(ExpressionTree argument) {
        if (argument instanceof LambdaExpressionTree || argument instanceof MemberReferenceTree) return true;
        Optional<TypeElement> type = unit.type(argument)
                .filter(t -> t.getKind() == TypeKind.DECLARED)
                .map(t -> knowledge.rules().element(t));
        if (type.isEmpty()) return false;
        if (!type.get().getQualifiedName().contentEquals("java.util.stream.Collector"))
            return TypeRules.inPackage(type.get(), "java.util.function");
        return !(argument instanceof MethodInvocationTree collector)
                || collector.getArguments().stream().anyMatch(this::isFunction);
    }

    /** What a function gives for a value. */
    private Traits ofFunction(ExpressionTree function, Traits argument) {
        if (function instanceof LambdaExpressionTree lambda && lambda.getBody() instanceof ExpressionTree body) {
            bind(lambda, argument);
            return of(body);
        }
        if (!(function instanceof MemberReferenceTree reference)) return Traits.UNKNOWN;
        Optional<ExecutableElement> method = unit.method(reference);
        if (method.isEmpty()) return Traits.UNKNOWN;
        if (knowledge.isOwn(frame, method.get(), reference))
            return knowledge.summary(method.get(), List.of(argument)).result();
        boolean operator = !method.get().getModifiers().contains(Modifier.STATIC)
                && knowledge.marks().has(Mark.OPERATOR, method.get(), Optional.empty())
                && knowledge.learners().holdsTensors(method.get().getReturnType());
        return operator ? argument : Traits.UNKNOWN;
    }

    /** Says what the parameters of a lambda are that runs now. */
    void bind(LambdaExpressionTree lambda, Traits argument) {
        for (VariableTree parameter : lambda.getParameters()) {
            Element element = unit.element(parameter);
            if (element == null || !knowledge.learners().holdsTensors(element.asType())) continue;
            frame.variables().put(element, argument);
            locals.remove(element);
            calls.clear();
        }
    }

    /** The field that an expression begins with: {@code all} in {@code this.all.get(0)}. */
    Optional<Element> root(Tree expression) {
        if (expression instanceof IdentifierTree t)
            return Optional.ofNullable(unit.element(t)).filter(e -> e.getKind() == ElementKind.FIELD);
        if (expression instanceof MemberSelectTree t) {
            Optional<Element> inner = root(t.getExpression());
            return inner.isPresent()
                    ? inner
                    : Optional.ofNullable(unit.element(t)).filter(e -> e.getKind() == ElementKind.FIELD);
        }
        if (expression instanceof ArrayAccessTree t) return root(t.getExpression());
        if (expression instanceof ParenthesizedTree t) return root(t.getExpression());
        if (expression instanceof MethodInvocationTree t && Unit.receiver(t) != null) return root(Unit.receiver(t));
        return Optional.empty();
    }
}
