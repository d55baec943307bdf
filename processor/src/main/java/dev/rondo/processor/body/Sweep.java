package dev.rondo.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;

/** Goes through a whole class, with what is in it: for the checks that do not depend on handlers, and the classes that it has. */
final class Sweep extends TreeScanner<Void, Void> {
    private final Unit unit;
    private final LocalClassCheck localClasses;
    private final AcknowledgementCheck acknowledgements;
    private final IgnoredUndoCheck ignoredUndos;
    private final Findings findings;
    private final List<TypeElement> classes = new ArrayList<>();
    private Element element;

    Sweep(
            Unit unit,
            LocalClassCheck localClasses,
            AcknowledgementCheck acknowledgements,
            IgnoredUndoCheck ignoredUndos,
            Findings findings) {
        this.unit = unit;
        this.localClasses = localClasses;
        this.acknowledgements = acknowledgements;
        this.ignoredUndos = ignoredUndos;
        this.findings = findings;
    }

    /** The classes of a tree that can have tables. */
    List<TypeElement> classes(ClassTree tree) {
        scan(tree, null);
        return classes;
    }

    @Override
    public Void visitClass(ClassTree tree, Void none) {
        Element before = element;
        if (unit.element(tree) instanceof TypeElement type) {
            element = type;
            if (isMember(type)) classes.add(type);
            else localClasses.check(type, findings);
        }
        super.visitClass(tree, none);
        element = before;
        return null;
    }

    private static boolean isMember(TypeElement type) {
        for (Element e = type; e != null; e = e.getEnclosingElement()) {
            boolean local = e instanceof TypeElement t
                    && (t.getNestingKind() == NestingKind.LOCAL || t.getNestingKind() == NestingKind.ANONYMOUS);
            if (local) return false;
        }
        return true;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
        boolean annotated = !tree.getModifiers().getAnnotations().isEmpty();
        if (annotated && unit.element(tree) instanceof ExecutableElement method)
            acknowledgements.check(method, findings);
        return inside(tree, () -> super.visitMethod(tree, none));
    }

    @Override
    public Void visitVariable(VariableTree tree, Void none) {
        // Only a declaration with annotations can silence a check.
        return tree.getModifiers().getAnnotations().isEmpty()
                ? super.visitVariable(tree, none)
                : inside(tree, () -> super.visitVariable(tree, none));
    }

    private Void inside(Tree tree, Runnable scan) {
        Element before = element;
        Element declared = unit.element(tree);
        if (declared != null) element = declared;
        scan.run();
        element = before;
        return null;
    }

    /** Not the expression of a lambda, which an assertion may run to see it fail. */
    @Override
    public Void visitExpressionStatement(ExpressionStatementTree tree, Void none) {
        ignoredUndos.check(tree.getExpression(), unit, element, findings);
        return super.visitExpressionStatement(tree, none);
    }
}
