package dev.rondo.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.report.Diagnostic;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;

/** A result that undoes something is not thrown away: a result that nothing closes undoes nothing. */
final class IgnoredUndoCheck {
    private final Marks marks;

    IgnoredUndoCheck(Marks marks) {
        this.marks = marks;
    }

    /** Checks an expression that is a statement. */
    void check(ExpressionTree statement, Unit unit, Element inside, Findings findings) {
        ExpressionTree call = strip(statement);
        if (!(call instanceof MethodInvocationTree || call instanceof NewClassTree)) return;
        unit.method(call)
                .filter(this::isUndo)
                .ifPresent(method -> findings.report(unit.place(inside, call), Diagnostic.IGNORED_UNDO, name(method)));
    }

    private boolean isUndo(ExecutableElement method) {
        boolean result = method.getKind() == ElementKind.CONSTRUCTOR
                || method.getReturnType().getKind() != TypeKind.VOID;
        return result && marks.has(RondoNames.MUST_CLOSE, method);
    }

    private static String name(ExecutableElement method) {
        return method.getKind() == ElementKind.CONSTRUCTOR
                ? "new " + method.getEnclosingElement().getSimpleName()
                : method.getSimpleName() + "()";
    }

    private static ExpressionTree strip(ExpressionTree expression) {
        return expression instanceof ParenthesizedTree t ? strip(t.getExpression()) : expression;
    }
}
