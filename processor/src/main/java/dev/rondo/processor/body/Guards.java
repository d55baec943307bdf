package dev.rondo.processor.body;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
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
        if (condition instanceof BinaryTree t) return ofTwo(t, when);
        if (condition instanceof IdentifierTree t)
            return ofVariable(frame.unit().element(t), when);
        if (condition instanceof MethodInvocationTree t && asks(t)) return when;
        return mentions(condition);
    }

    private boolean ofTwo(BinaryTree tree, boolean when) {
        return switch (tree.getKind()) {
            case CONDITIONAL_AND, AND -> both(tree, when, when);
            case CONDITIONAL_OR, OR -> both(tree, when, !when);
            case EQUAL_TO -> compared(tree, when);
            case NOT_EQUAL_TO -> compared(tree, !when);
            default -> mentions(tree);
        };
    }

    /** A comparison with true or false. */
    private boolean compared(BinaryTree tree, boolean when) {
        if (tree.getRightOperand() instanceof LiteralTree literal && literal.getValue() instanceof Boolean value)
            return holds(tree.getLeftOperand(), value == when);
        if (tree.getLeftOperand() instanceof LiteralTree literal && literal.getValue() instanceof Boolean value)
            return holds(tree.getRightOperand(), value == when);
        return mentions(tree);
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
        return assigned.isEmpty() ? mentions(variable, new HashSet<>()) : hold(assigned.get(0), when);
    }

    /** The value of a local variable that is assigned once; nothing for others. */
    private List<ExpressionTree> assignedOnce(Element variable) {
        boolean local = variable != null && variable.getKind() == ElementKind.LOCAL_VARIABLE;
        List<ExpressionTree> assigned = local ? frame.assignments().of(variable) : List.of();
        boolean once =
                assigned.size() == 1 && frame.assignments().changesOf(variable).isEmpty();
        return once ? assigned : List.of();
    }

    private boolean guards(ExecutableElement accessor) {
        return knowledge.marks().has(Mark.GUARDS, accessor, Optional.empty());
    }

    /** Whether a call, or a method reference, asks the learner whether an attribute is there. */
    private boolean asks(Tree call) {
        Tree receiver = Unit.receiver(call);
        return receiver != null
                && values.of(receiver).has(Trait.LEARNER)
                && frame.unit().method(call).filter(this::guards).isPresent();
    }

    /** Whether an expression asks somewhere inside, or hands the learner to code that may ask. */
    boolean mentions(Tree expression) {
        return mentions(expression, new HashSet<>());
    }

    private boolean mentions(Tree expression, Set<Element> seen) {
        return any(expression, tree -> {
            if (tree instanceof IdentifierTree name)
                return mentions(frame.unit().element(name), seen);
            if (tree instanceof MemberReferenceTree) return asks(tree);
            return tree instanceof MethodInvocationTree call
                    && (asks(call)
                            || call.getArguments().stream()
                                    .anyMatch(a -> values.of(a).has(Trait.LEARNER)));
        });
    }

    /** Whether a variable says whether an attribute is there: a flag that a method is given may. */
    private boolean mentions(Element variable, Set<Element> seen) {
        if (variable == null || !seen.add(variable)) return false;
        Attribute attribute = frame.attributes().get(variable);
        if (attribute != null) return guards(attribute.accessor());
        if (variable.getKind() == ElementKind.PARAMETER) return isFlag(variable.asType());
        if (variable.getKind() != ElementKind.LOCAL_VARIABLE) return false;
        return frame.assignments().of(variable).stream().anyMatch(value -> mentions(value, seen))
                || frame.assignments().changesOf(variable).stream().anyMatch(value -> mentions(value, seen));
    }

    private static boolean isFlag(TypeMirror type) {
        return type.getKind() == TypeKind.BOOLEAN || type.toString().equals(Boolean.class.getName());
    }

    /** Whether what follows a call runs only where an attribute is there: the call checks a condition. */
    boolean ensures(MethodInvocationTree call) {
        Optional<ExecutableElement> method = frame.unit().method(call);
        if (method.isEmpty()) return false;
        if (knowledge.isOwn(frame, method.get(), call)
                && knowledge
                        .summary(method.get(), values.ofAll(call.getArguments()))
                        .ensures()) return true;
        TypeElement owner = (TypeElement) method.get().getEnclosingElement();
        List<? extends VariableElement> parameters = method.get().getParameters();
        for (int i = 0; i < Math.min(parameters.size(), call.getArguments().size()); i++) {
            boolean flag = isFlag(parameters.get(i).asType())
                    && !owner.getQualifiedName().toString().startsWith("java.");
            if (flag && hold(call.getArguments().get(i), true)) return true;
        }
        return false;
    }

    /** The condition {@code when …} of a case, which Java has from 21 on. */
    static List<ExpressionTree> of(CaseTree tree) {
        List<ExpressionTree> conditions = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void scan(Tree part, Void none) {
                if (part instanceof ExpressionTree expression
                        && part != tree.getBody()
                        && !tree.getExpressions().contains(expression)) conditions.add(expression);
                return null;
            }
        }.visitCase(tree, null);
        return conditions;
    }

    /** Whether an expression depends on the event whose handlers are running. */
    boolean looksAtEvent(Tree expression) {
        return any(expression, tree -> {
            if (!(tree instanceof IdentifierTree || tree instanceof MethodInvocationTree)) return false;
            return frame.unit().type(tree).filter(this::isEvent).isPresent()
                    || tree instanceof IdentifierTree name
                            && ofEvent(frame.unit().element(name));
        });
    }

    private static boolean any(Tree expression, Predicate<Tree> test) {
        Boolean found = new TreeScanner<Boolean, Void>() {
            @Override
            public Boolean scan(Tree tree, Void none) {
                return tree != null && test.test(tree) || Boolean.TRUE.equals(super.scan(tree, none));
            }

            @Override
            public Boolean reduce(Boolean one, Boolean other) {
                return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
            }
        }.scan(expression, null);
        return Boolean.TRUE.equals(found);
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

    /** Whether a statement ends with an exception. */
    static boolean fails(StatementTree tree) {
        return tree instanceof ThrowTree
                || tree instanceof BlockTree block
                        && !block.getStatements().isEmpty()
                        && fails(block.getStatements().get(block.getStatements().size() - 1));
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
