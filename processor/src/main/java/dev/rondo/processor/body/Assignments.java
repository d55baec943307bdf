package dev.rondo.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.rondo.processor.body.Marks.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;

/**
 * What a method puts into its local variables, which of its variables it takes out of their native scopes, and whether it waits for other
 * threads.
 */
final class Assignments extends TreeScanner<Void, Void> {
    /** A variable that is passed to a method. */
    record Passed(MethodInvocationTree call, int number) {}

    private final Unit unit;
    private final Marks marks;
    private final Map<Element, List<ExpressionTree>> values = new HashMap<>();
    private final Map<Element, List<ExpressionTree>> changes = new HashMap<>();
    private final Map<Element, List<ExpressionTree>> added = new HashMap<>();
    private final Map<Element, List<Passed>> passed = new HashMap<>();
    private final Set<Element> owned = new HashSet<>();
    private boolean joins;
    /** What patterns are compared with. */
    private ExpressionTree matched;

    Assignments(Tree body, Unit unit, Marks marks) {
        this.unit = unit;
        this.marks = marks;
        scan(body, null);
    }

    /** The expressions whose values, or elements, a variable gets; empty for a parameter that is not assigned. */
    List<ExpressionTree> of(Element variable) {
        return values.getOrDefault(variable, List.of());
    }

    /** The expressions that change a variable: {@code there} in {@code ready &= there}. */
    List<ExpressionTree> changesOf(Element variable) {
        return changes.getOrDefault(variable, List.of());
    }

    /** The expressions whose values are put into the collection that a variable is. */
    List<ExpressionTree> addedTo(Element variable) {
        return added.getOrDefault(variable, List.of());
    }

    /** The calls of methods without a receiver, or of {@code this}, that get a variable. */
    List<Passed> passed(Element variable) {
        return passed.getOrDefault(variable, List.of());
    }

    /** Whether a variable, or what it holds, is taken out of its native scope. */
    boolean owns(Element variable) {
        return owned.contains(variable);
    }

    /** Whether the method waits for what it runs on other threads. */
    boolean joins() {
        return joins;
    }

    private void put(Tree variable, ExpressionTree value) {
        put(unit.element(variable), value, values);
    }

    private static <T> void put(Element element, T value, Map<Element, List<T>> into) {
        if (element != null && value != null)
            into.computeIfAbsent(element, e -> new ArrayList<>()).add(value);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void none) {
        put(tree, tree.getInitializer());
        return super.visitVariable(tree, none);
    }

    @Override
    public Void visitAssignment(AssignmentTree tree, Void none) {
        if (tree.getVariable() instanceof IdentifierTree name) put(name, tree.getExpression());
        return super.visitAssignment(tree, none);
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void none) {
        put(unit.element(tree.getVariable()), tree.getExpression(), changes);
        return super.visitCompoundAssignment(tree, none);
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void none) {
        put(tree.getVariable(), tree.getExpression());
        super.visitEnhancedForLoop(tree, none);
        if (owned.contains(unit.element(tree.getVariable()))) own(tree.getExpression());
        return null;
    }

    @Override
    public Void visitInstanceOf(InstanceOfTree tree, Void none) {
        return matching(tree.getExpression(), () -> super.visitInstanceOf(tree, none));
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void none) {
        return matching(tree.getExpression(), () -> super.visitSwitch(tree, none));
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void none) {
        return matching(tree.getExpression(), () -> super.visitSwitchExpression(tree, none));
    }

    private Void matching(ExpressionTree value, Runnable scan) {
        ExpressionTree before = matched;
        matched = value;
        scan.run();
        matched = before;
        return null;
    }

    /** A variable of a pattern: what is matched, or a part of it. */
    @Override
    public Void visitBindingPattern(BindingPatternTree tree, Void none) {
        put(tree.getVariable(), matched);
        return super.visitBindingPattern(tree, none);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
        Tree receiver = Unit.receiver(tree);
        Optional<ExecutableElement> method = unit.method(tree);
        Optional<TypeMirror> type = receiver == null ? Optional.empty() : unit.type(receiver);
        if (method.isPresent() && !(receiver == null && tree.getArguments().isEmpty())) {
            joins |= marks.has(Mark.JOINS, method.get(), type);
            if (receiver instanceof IdentifierTree name && marks.has(Mark.STORES, method.get(), type)) {
                tree.getArguments().forEach(argument -> put(unit.element(name), argument, added));
            }
            if (marks.has(Mark.OWNS, method.get(), type)) {
                tree.getArguments().forEach(this::own);
                own(receiver);
            }
            if (tree.getArguments().stream().anyMatch(this::takes)) own(receiver);
            for (int i = 0; i < tree.getArguments().size(); i++) {
                if (tree.getArguments().get(i) instanceof IdentifierTree name)
                    put(unit.element(name), new Passed(tree, i), passed);
            }
        }
        return super.visitMethodInvocation(tree, none);
    }

    private void own(Tree variable) {
        if (!(variable instanceof ExpressionTree)) return;
        Element element = unit.element(variable);
        if (element != null) owned.add(element);
    }

    /** Whether a function takes native objects out of their scopes. */
    boolean takes(ExpressionTree function) {
        if (function instanceof MemberReferenceTree reference) return owns(reference);
        if (!(function instanceof LambdaExpressionTree lambda)) return false;
        boolean[] takes = new boolean[1];
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
                takes[0] |= owns(tree);
                return super.visitMethodInvocation(tree, none);
            }
        }.scan(lambda.getBody(), null);
        return takes[0];
    }

    private boolean owns(Tree call) {
        Tree receiver = Unit.receiver(call);
        Optional<TypeMirror> type = receiver == null ? Optional.empty() : unit.type(receiver);
        return unit.method(call)
                .filter(method -> marks.has(Mark.OWNS, method, type))
                .isPresent();
    }
}
