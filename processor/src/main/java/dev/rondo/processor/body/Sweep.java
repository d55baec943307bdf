package dev.rondo.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.read.HandlerAnnotationReader;
import dev.rondo.processor.report.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/** Goes through a whole class, with what is in it: the two rules that do not depend on handlers, and the classes that it has. */
final class Sweep extends TreeScanner<Void, Void> {
    private final Unit unit;
    private final TypeRules rules;
    private final Marks marks;
    private final HandlerAnnotationReader handlers;
    private final AnnotationPlaces places;
    private final Findings findings;
    private final List<TypeElement> classes = new ArrayList<>();
    private Element element;

    Sweep(
            Unit unit,
            TypeRules rules,
            Marks marks,
            HandlerAnnotationReader handlers,
            AnnotationPlaces places,
            Findings findings) {
        this.rules = rules;
        this.unit = unit;
        this.marks = marks;
        this.handlers = handlers;
        this.places = places;
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
            else ElementFilter.methodsIn(type.getEnclosedElements()).forEach(method -> checkLocal(type, method));
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

    /** A local class has no table, so that its handlers never run, unless the table of a superclass calls them. */
    private void checkLocal(TypeElement type, ExecutableElement method) {
        if (overridesHandler(type, method)) return;
        for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
            TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
            if (!annotation.getQualifiedName().contentEquals(RondoNames.ON) && !handlers.isEvent(annotation)) continue;
            places.annotation(method, mirror)
                    .ifPresent(place -> findings.report(place, Diagnostic.LOCAL_CLASS, method.getSimpleName()));
        }
    }

    private boolean overridesHandler(TypeElement type, ExecutableElement method) {
        for (Element e = Bodies.superclass(type);
                e instanceof TypeElement superclass;
                e = Bodies.superclass(superclass)) {
            boolean overrides = ElementFilter.methodsIn(superclass.getEnclosedElements()).stream()
                    .anyMatch(m -> m.getSimpleName().equals(method.getSimpleName())
                            && handlers.isHandler(m)
                            && rules.overrides(method, m, type));
            if (overrides) return true;
        }
        return false;
    }

    /** An acknowledgement of what no handler does. */
    private void checkAcknowledgement(ExecutableElement method) {
        if (handlers.isHandler(method)) return;
        for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
            TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
            if (!annotation.getQualifiedName().contentEquals(RondoNames.HOST_READ)) continue;
            places.annotation(method, mirror)
                    .ifPresent(place ->
                            findings.report(place, Diagnostic.HOST_READ_OF_NO_HANDLER, method.getSimpleName()));
        }
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
        if (!tree.getModifiers().getAnnotations().isEmpty() && unit.element(tree) instanceof ExecutableElement method)
            checkAcknowledgement(method);
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

    /** Not in a lambda, which an assertion may run to see it fail. */
    @Override
    public Void visitExpressionStatement(ExpressionStatementTree tree, Void none) {
        checkIgnored(tree.getExpression());
        return super.visitExpressionStatement(tree, none);
    }

    /** A result that nothing closes undoes nothing. */
    private void checkIgnored(ExpressionTree expression) {
        if (!isUndo(expression)) return;
        ExpressionTree call = strip(expression);
        ExecutableElement method = unit.method(call).orElseThrow();
        String name = method.getKind() == ElementKind.CONSTRUCTOR
                ? "new " + method.getEnclosingElement().getSimpleName()
                : method.getSimpleName() + "()";
        findings.report(unit.place(element, call), Diagnostic.IGNORED_UNDO, name);
    }

    private boolean isUndo(ExpressionTree expression) {
        ExpressionTree call = strip(expression);
        if (!(call instanceof MethodInvocationTree || call instanceof NewClassTree)) return false;
        Optional<ExecutableElement> method = unit.method(call);
        if (method.isEmpty()) return false;
        boolean result = method.get().getKind() == ElementKind.CONSTRUCTOR
                || method.get().getReturnType().getKind() != TypeKind.VOID;
        return result && marks.has(RondoNames.MUST_CLOSE, method.get());
    }

    private static ExpressionTree strip(ExpressionTree expression) {
        return expression instanceof ParenthesizedTree t ? strip(t.getExpression()) : expression;
    }
}
