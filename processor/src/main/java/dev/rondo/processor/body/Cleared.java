package dev.rondo.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreeScanner;
import dev.rondo.processor.body.Marks.Mark;
import dev.rondo.processor.model.Handler;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * The fields that may hold tensors of a batch: each batch clears them, in a handler of the class or at the end of its scope; or a method of
 * the class takes what they hold out of its native scope.
 */
final class Cleared {
    private final Bodies bodies;
    private final Marks marks;
    private final Set<Element> fields = new HashSet<>();
    private final Set<ExecutableElement> seen = new HashSet<>();

    private Cleared(Bodies bodies, Marks marks) {
        this.bodies = bodies;
        this.marks = marks;
    }

    /** The fields that a class clears, its own and inherited ones. */
    static Set<Element> by(TypeElement type, List<Handler> handlers, Bodies bodies, Marks marks) {
        Cleared cleared = new Cleared(bodies, marks);
        for (Handler handler : handlers) {
            if (handler.insideBatch()) cleared.method(handler.method());
        }
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            bodies.of(method).ifPresent(body -> cleared.inside(type, body));
        }
        return cleared.fields;
    }

    /** A method that runs in each batch. */
    private void method(ExecutableElement method) {
        if (seen.add(method))
            bodies.of(method).ifPresent(body -> statement(body.tree().getBody(), body.unit()));
    }

    /** A statement that runs in each batch. What stands behind a condition does not, unless the condition is a flag: it stored so, too. */
    private void statement(Tree tree, Unit unit) {
        if (tree instanceof ExpressionStatementTree t) expression(t.getExpression(), unit);
        else if (tree instanceof BlockTree t) t.getStatements().forEach(statement -> statement(statement, unit));
        else if (tree instanceof SynchronizedTree t) statement(t.getBlock(), unit);
        else if (tree instanceof IfTree t && isFlag(t.getCondition())) {
            statement(t.getThenStatement(), unit);
            statement(t.getElseStatement(), unit);
        } else if (tree instanceof TryTree t) {
            statement(t.getBlock(), unit);
            statement(t.getFinallyBlock(), unit);
        }
    }

    /** Whether a condition asks for a flag, such as {@code training}, or whether there is something. */
    private static boolean isFlag(ExpressionTree condition) {
        if (condition instanceof ParenthesizedTree t) return isFlag(t.getExpression());
        if (condition instanceof UnaryTree t) return isFlag(t.getExpression());
        if (condition instanceof BinaryTree t) {
            return switch (t.getKind()) {
                case CONDITIONAL_AND, CONDITIONAL_OR -> isFlag(t.getLeftOperand()) && isFlag(t.getRightOperand());
                case EQUAL_TO, NOT_EQUAL_TO -> isNull(t.getLeftOperand()) || isNull(t.getRightOperand());
                default -> false;
            };
        }
        return condition instanceof IdentifierTree || condition instanceof MethodInvocationTree;
    }

    private static boolean isNull(Tree tree) {
        return tree.getKind() == Tree.Kind.NULL_LITERAL;
    }

    private void expression(Tree tree, Unit unit) {
        if (tree instanceof AssignmentTree t && isNothing(t.getExpression(), unit)) add(t.getVariable(), unit);
        if (tree instanceof MethodInvocationTree call) call(call, unit);
        if (tree instanceof MemberReferenceTree reference) {
            Optional<ExecutableElement> method = unit.method(reference);
            if (method.isPresent()
                    && marks.has(Mark.CLEARS, method.get(), unit.type(reference.getQualifierExpression())))
                add(reference.getQualifierExpression(), unit);
            method.ifPresent(this::method);
        }
    }

    private void call(MethodInvocationTree call, Unit unit) {
        Tree receiver = Unit.receiver(call);
        Optional<ExecutableElement> method = unit.method(call);
        if (method.isEmpty()) return;
        List<? extends ExpressionTree> arguments = call.getArguments();
        boolean setsNull = !arguments.isEmpty() && isNull(arguments.get(arguments.size() - 1));
        if (receiver == null || receiver.toString().equals("this")) method(method.get());
        else if (marks.has(Mark.CLEARS, method.get(), unit.type(receiver))) add(receiver, unit);
        else if (setsNull && marks.has(Mark.STORES, method.get(), unit.type(receiver)))
            add(method.get().getModifiers().contains(Modifier.STATIC) ? arguments.get(0) : receiver, unit);
    }

    /** Whether an expression holds no tensor: null, an empty collection. */
    private static boolean isNothing(ExpressionTree value, Unit unit) {
        if (value instanceof NewClassTree t)
            return t.getArguments().isEmpty()
                    && unit.method(t).filter(Cleared::isOfJava).isPresent();
        if (value instanceof NewArrayTree t)
            return t.getInitializers() == null || t.getInitializers().isEmpty();
        boolean empty = value instanceof MethodInvocationTree call
                && call.getArguments().isEmpty()
                && unit.method(call)
                        .filter(m -> m.getModifiers().contains(Modifier.STATIC) && isOfJava(m))
                        .isPresent();
        return isNull(value) || empty;
    }

    private static boolean isOfJava(ExecutableElement method) {
        return Values.isOfJava((TypeElement) method.getEnclosingElement());
    }

    private void add(Tree variable, Unit unit) {
        Element element = unit.element(variable);
        if (element != null && element.getKind().isField()) fields.add(element);
    }

    /** What a method does at the end of a scope, or takes out of a native scope. */
    private void inside(TypeElement type, Bodies.Body body) {
        Assignments assignments = new Assignments(body.tree(), body.unit(), marks);
        for (Element e = type; e instanceof TypeElement t; e = Bodies.superclass(t)) {
            t.getEnclosedElements().stream().filter(assignments::owns).forEach(fields::add);
        }
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
                Optional<ExecutableElement> method = body.unit().method(tree);
                Tree receiver = Unit.receiver(tree);
                if (method.isPresent()
                        && receiver != null
                        && marks.has(Mark.UNTIL, method.get(), body.unit().type(receiver)))
                    tree.getArguments().forEach(argument -> end(argument, body.unit()));
                return super.visitMethodInvocation(tree, none);
            }
        }.scan(body.tree(), null);
    }

    /** A function that runs at the end of a scope. */
    private void end(ExpressionTree function, Unit unit) {
        if (function instanceof LambdaExpressionTree lambda) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void scan(Tree tree, Void none) {
                    expression(tree, unit);
                    return super.scan(tree, none);
                }
            }.scan(lambda.getBody(), null);
        } else {
            expression(function, unit);
        }
    }
}
