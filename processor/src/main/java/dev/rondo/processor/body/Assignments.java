package dev.rondo.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
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

/** What a method puts into its local variables, and which of its variables it takes out of their native scopes. */
final class Assignments extends TreeScanner<Void, Void> {
    private final Unit unit;
    private final Marks marks;
    private final Map<Element, List<ExpressionTree>> values = new HashMap<>();
    private final Map<Element, List<ExpressionTree>> added = new HashMap<>();
    private final Set<Element> owned = new HashSet<>();

    Assignments(Tree body, Unit unit, Marks marks) {
        this.unit = unit;
        this.marks = marks;
        scan(body, null);
    }

    /** The expressions whose values, or elements, a variable gets; empty for a parameter that is not assigned. */
    List<ExpressionTree> of(Element variable) {
        return values.getOrDefault(variable, List.of());
    }

    /** The expressions whose values are put into the collection that a variable is. */
    List<ExpressionTree> addedTo(Element variable) {
        return added.getOrDefault(variable, List.of());
    }

    boolean owns(Element variable) {
        return owned.contains(variable);
    }

    private void put(Tree variable, ExpressionTree value) {
        put(variable, value, values);
    }

    private void put(Tree variable, ExpressionTree value, Map<Element, List<ExpressionTree>> into) {
        Element element = unit.element(variable);
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
    public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void none) {
        put(tree.getVariable(), tree.getExpression());
        return super.visitEnhancedForLoop(tree, none);
    }

    @Override
    public Void visitInstanceOf(InstanceOfTree tree, Void none) {
        if (tree.getPattern() instanceof BindingPatternTree binding) put(binding.getVariable(), tree.getExpression());
        return super.visitInstanceOf(tree, none);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
        Tree receiver = Unit.receiver(tree);
        if (receiver == null && tree.getArguments().isEmpty()) return null;
        Optional<ExecutableElement> method = unit.method(tree);
        Optional<TypeMirror> type = receiver == null ? Optional.empty() : unit.type(receiver);
        if (method.isPresent() && receiver instanceof IdentifierTree name) {
            if (marks.has(Marks.Mark.STORES, method.get(), type)) {
                tree.getArguments().forEach(argument -> put(name, argument, added));
            }
        }
        if (method.isPresent() && marks.has(Marks.Mark.OWNS, method.get(), type)) {
            List<Tree> taken = new ArrayList<>(tree.getArguments());
            if (receiver != null) taken.add(receiver);
            for (Tree variable : taken) {
                Element element = unit.element(variable);
                if (element != null) owned.add(element);
            }
        }
        return super.visitMethodInvocation(tree, none);
    }
}
