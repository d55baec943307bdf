package dev.rondo.processor.body;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import dev.rondo.event.Event;
import dev.rondo.processor.body.Marks.Mark;
import dev.rondo.processor.body.Traits.Trait;
import dev.rondo.processor.model.Attribute;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Conditions that make sure that an attribute is there. One that is not understood does if it has the learner. */
final class Guards {
    private static final String EVENT = Event.class.getName();

    private final Knowledge knowledge;
    private final Frame frame;
    private final Values values;

    Guards(Knowledge knowledge, Frame frame, Values values) {
        this.knowledge = knowledge;
        this.frame = frame;
        this.values = values;
    }

    /** Whether attributes are there where a condition is true, or is false. */
    boolean hold(ExpressionTree condition, boolean when) {
        return looksAtEvent(condition) || holds(condition, when);
    }

    private boolean holds(ExpressionTree condition, boolean when) {
        if (condition instanceof ParenthesizedTree t) return holds(t.getExpression(), when);
        if (condition instanceof UnaryTree t && t.getKind() == Tree.Kind.LOGICAL_COMPLEMENT)
            return holds(t.getExpression(), !when);
        if (condition instanceof BinaryTree t && t.getKind() == Tree.Kind.CONDITIONAL_AND) return both(t, when, when);
        if (condition instanceof BinaryTree t && t.getKind() == Tree.Kind.CONDITIONAL_OR) return both(t, when, !when);
        if (condition instanceof IdentifierTree t)
            return ofVariable(frame.unit().element(t), when);
        return condition instanceof MethodInvocationTree t && ofCall(t, when);
    }

    private boolean both(BinaryTree tree, boolean when, boolean oneIsEnough) {
        boolean left = holds(tree.getLeftOperand(), when);
        boolean right = holds(tree.getRightOperand(), when);
        return oneIsEnough ? left || right : left && right;
    }

    private boolean ofVariable(Element variable, boolean when) {
        Attribute attribute = frame.attributes().get(variable);
        if (attribute != null) return when && guards(attribute.accessor());
        List<ExpressionTree> assigned = assignedOnce(variable);
        return !assigned.isEmpty() && hold(assigned.get(0), when);
    }

    /** The value of a local variable that is assigned once; nothing for others. */
    private List<ExpressionTree> assignedOnce(Element variable) {
        boolean local = variable != null && variable.getKind() == ElementKind.LOCAL_VARIABLE;
        List<ExpressionTree> assigned = local ? frame.assignments().of(variable) : List.of();
        return assigned.size() == 1 ? assigned : List.of();
    }

    private boolean guards(ExecutableElement accessor) {
        return knowledge.marks().has(Mark.GUARDS, accessor, Optional.empty());
    }

    private boolean ofCall(MethodInvocationTree tree, boolean when) {
        Tree receiver = Unit.receiver(tree);
        Optional<ExecutableElement> method = frame.unit().method(tree);
        if (method.isPresent() && receiver != null && values.of(receiver).has(Trait.LEARNER) && guards(method.get()))
            return when;
        return tree.getArguments().stream()
                .anyMatch(argument -> values.of(argument).has(Trait.LEARNER));
    }

    /** Whether an expression depends on the event whose handlers are running. */
    boolean looksAtEvent(Tree expression) {
        Boolean looks = new TreeScanner<Boolean, Void>() {
            @Override
            public Boolean scan(Tree tree, Void none) {
                if (tree instanceof IdentifierTree || tree instanceof MethodInvocationTree) {
                    boolean event = frame.unit()
                            .type(tree)
                            .filter(type -> isEvent(type))
                            .isPresent();
                    if (event) return true;
                    if (tree instanceof IdentifierTree name
                            && ofEvent(frame.unit().element(name))) return true;
                }
                return super.scan(tree, none);
            }

            @Override
            public Boolean reduce(Boolean one, Boolean other) {
                return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
            }
        }.scan(expression, null);
        return Boolean.TRUE.equals(looks);
    }

    /** A variable that holds what was found out about the event before. */
    private boolean ofEvent(Element variable) {
        List<ExpressionTree> assigned = assignedOnce(variable);
        return !assigned.isEmpty() && assigned.get(0) instanceof BinaryTree tree && looksAtEvent(tree);
    }

    private boolean isEvent(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && knowledge.rules().element(type).getQualifiedName().contentEquals(EVENT);
    }

    /** Whether what follows a statement does not run after it. */
    static boolean leaves(StatementTree tree) {
        if (tree instanceof BlockTree block) {
            List<? extends StatementTree> statements = block.getStatements();
            return !statements.isEmpty() && leaves(statements.get(statements.size() - 1));
        }
        if (tree instanceof IfTree t)
            return t.getElseStatement() != null && leaves(t.getThenStatement()) && leaves(t.getElseStatement());
        return tree instanceof ReturnTree
                || tree instanceof ThrowTree
                || tree instanceof BreakTree
                || tree instanceof ContinueTree
                || tree instanceof YieldTree;
    }
}
