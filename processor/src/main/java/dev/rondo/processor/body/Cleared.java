package dev.rondo.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.rondo.processor.body.Marks.Mark;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.ElementFilter;

/**
 * The fields of a callback that may hold tensors of a batch: each batch clears them, in a handler or at the end of its scope; or the callback
 * takes what they hold out of its native scope.
 */
final class Cleared {
    private static final String CLEAR = "clear";

    private final CallbackClass callback;
    private final Bodies bodies;
    private final Marks marks;
    private final Set<Element> fields = new HashSet<>();

    Cleared(CallbackClass callback, Bodies bodies, Marks marks) {
        this.callback = callback;
        this.bodies = bodies;
        this.marks = marks;
    }

    Set<Element> fields() {
        for (Handler handler : callback.handlers()) {
            if (!handler.insideBatch()) continue;
            bodies.of(handler.method())
                    .ifPresent(body ->
                            body.tree().getBody().getStatements().forEach(statement -> clears(statement, body.unit())));
        }
        for (ExecutableElement method :
                ElementFilter.methodsIn(callback.element().getEnclosedElements())) {
            bodies.of(method).ifPresent(this::inside);
        }
        return fields;
    }

    /** A statement that runs in each batch. */
    private void clears(StatementTree statement, Unit unit) {
        if (statement instanceof ExpressionStatementTree s) clears(s.getExpression(), unit);
    }

    private void clears(ExpressionTree expression, Unit unit) {
        if (expression instanceof AssignmentTree assignment) {
            boolean nothing = assignment.getExpression().getKind() == Tree.Kind.NULL_LITERAL
                    || assignment.getExpression() instanceof MethodInvocationTree call
                            && call.getArguments().isEmpty()
                            && Unit.receiver(call) instanceof IdentifierTree type
                            && unit.element(type) != null
                            && unit.element(type).getKind().isInterface();
            if (nothing) add(assignment.getVariable(), unit);
        } else if (expression instanceof MethodInvocationTree call
                && call.getMethodSelect() instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals(CLEAR)) {
            add(select.getExpression(), unit);
        }
    }

    private void add(Tree variable, Unit unit) {
        Element element = unit.element(variable);
        if (element != null && element.getKind() == ElementKind.FIELD) fields.add(element);
    }

    /** What a method does at the end of a scope, or takes out of a native scope. */
    private void inside(Bodies.Body body) {
        Assignments assignments = new Assignments(body.tree(), body.unit(), marks);
        callback.element().getEnclosedElements().stream()
                .filter(assignments::owns)
                .forEach(fields::add);
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
                Optional<ExecutableElement> method = body.unit().method(tree);
                Tree receiver = Unit.receiver(tree);
                if (method.isPresent()
                        && receiver != null
                        && marks.has(Mark.UNTIL, method.get(), body.unit().type(receiver)))
                    tree.getArguments().forEach(this::end);
                return super.visitMethodInvocation(tree, none);
            }

            private void end(ExpressionTree argument) {
                if (!(argument instanceof LambdaExpressionTree lambda)) return;
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitAssignment(AssignmentTree tree, Void none) {
                        clears(tree, body.unit());
                        return super.visitAssignment(tree, none);
                    }

                    @Override
                    public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
                        clears(tree, body.unit());
                        return super.visitMethodInvocation(tree, none);
                    }
                }.scan(lambda.getBody(), null);
            }
        }.scan(body.tree(), null);
    }
}
