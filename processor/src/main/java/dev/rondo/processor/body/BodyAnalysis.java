package dev.rondo.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import dev.rondo.processor.check.Writers;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.read.CallbackReader;
import dev.rondo.processor.read.HandlerAnnotationReader;
import dev.rondo.processor.read.MissingTypeException;
import dev.rondo.processor.read.PlanReader;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Failures;
import dev.rondo.processor.report.Printer;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.report.Severities;
import dev.rondo.processor.write.GeneratedMark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic.Kind;

/** Checks the bodies of one compilation, class by class, as the compiler gets ready with them. */
final class BodyAnalysis {
    private static final String COMPLETION_FAILURE = "CompletionFailure";

    private final Trees trees;
    private final Severities severities;
    private final TypeRules rules;
    private final Marks marks;
    private final Bodies bodies;
    private final Knowledge knowledge;
    private final HandlerAnnotationReader handlerAnnotations;
    private final CallbackReader reader;
    private final PlanReader plans;
    private final AnnotationPlaces places;
    private final HostReadCheck hostReads;
    private final StrictPlans strictPlans;
    private final LocalClassCheck localClasses;
    private final AcknowledgementCheck acknowledgements;
    private final IgnoredUndoCheck ignoredUndos;
    private final List<BodyCheck> checks;
    private final Set<List<Object>> found = Findings.none();

    BodyAnalysis(JavacTask task, Map<String, String> options) {
        trees = Trees.instance(task);
        severities = new Severities(options);
        Elements elements = task.getElements();
        rules = new TypeRules(task.getTypes(), elements);
        marks = new Marks(elements, rules);
        bodies = new Bodies(trees);
        knowledge = new Knowledge(elements, rules, marks, bodies);
        handlerAnnotations = new HandlerAnnotationReader(elements);
        reader = new CallbackReader(elements, rules, type -> true);
        plans = new PlanReader(elements, rules, reader);
        places = new AnnotationPlaces(trees);
        hostReads = new HostReadCheck(marks, places);
        strictPlans = new StrictPlans(places);
        localClasses = new LocalClassCheck(rules, handlerAnnotations, places);
        acknowledgements = new AcknowledgementCheck(handlerAnnotations, places);
        ignoredUndos = new IgnoredUndoCheck(marks);
        Writers writers = new Writers(rules);
        checks = List.of(
                new AbsentAttributeCheck(),
                new OwnedWriteCheck(writers),
                new UndeclaredWriteCheck(writers),
                new UnusedWriteCheck(places),
                new EscapingTensorCheck(bodies, marks),
                hostReads,
                new SwallowedCancelCheck());
    }

    /** Checks a class of the outermost level, with all that is in it. */
    void analyze(CompilationUnitTree unit, TypeElement type) {
        try {
            if (!isGenerated(type)) tree(unit, type).ifPresent(tree -> analyze(new Unit(trees, unit), type, tree));
            bodies.forget(type);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            // A class file that is missing is a matter of the compiler.
            if (e.getClass().getName().endsWith(COMPLETION_FAILURE)) return;
            String text = Diagnostic.INTERNAL.text(type, Failures.describe(e));
            Tree tree = trees.getTree(type);
            trees.printMessage(Kind.ERROR, text, tree == null ? unit : tree, unit);
        }
    }

    private static boolean isGenerated(TypeElement type) {
        return type.getAnnotationMirrors().stream()
                .anyMatch(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(GeneratedMark.GENERATED));
    }

    private Optional<ClassTree> tree(CompilationUnitTree unit, TypeElement type) {
        Unit names = new Unit(trees, unit);
        return unit.getTypeDecls().stream()
                .filter(tree -> tree instanceof ClassTree && type.equals(names.element(tree)))
                .map(tree -> (ClassTree) tree)
                .findFirst();
    }

    private void analyze(Unit unit, TypeElement type, ClassTree tree) {
        Findings findings = new Findings(reports(type), found);
        Sweep sweep = new Sweep(unit, localClasses, acknowledgements, ignoredUndos, findings);
        for (TypeElement member : sweep.classes(tree)) {
            try {
                analyze(member, findings);
            } catch (MissingTypeException e) {
                // The compiler has said what is missing.
            }
        }
    }

    private Reports reports(TypeElement type) {
        return new Reports(Printer.OF_SPOTS, severities, type);
    }

    private void analyze(TypeElement type, Findings findings) throws MissingTypeException {
        if (isPlan(type)) strictPlans.plan(plans.read(type), reports(type));
        boolean callback =
                ElementFilter.methodsIn(type.getEnclosedElements()).stream().anyMatch(handlerAnnotations::isHandler);
        if (callback) {
            CallbackClass read = reader.read(type);
            knowledge.know(read);
            for (Handler handler : read.handlers()) check(read, handler, findings);
        }
        if (type.getKind() == ElementKind.CLASS) knowledge.prepare(type);
    }

    private static boolean isPlan(TypeElement type) {
        return type.getAnnotationMirrors().stream()
                .anyMatch(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(RondoNames.TRAINING_PLAN));
    }

    /** Whether a class does something else than a method of a superclass. */
    private boolean isOverridden(ExecutableElement method, TypeElement type) {
        for (Element e = type; e instanceof TypeElement t; e = Bodies.superclass(t)) {
            if (t.equals(method.getEnclosingElement())) return false;
            boolean overrides = ElementFilter.methodsIn(t.getEnclosedElements()).stream()
                    .anyMatch(
                            m -> m.getSimpleName().equals(method.getSimpleName()) && rules.overrides(m, method, type));
            if (overrides) return true;
        }
        return false;
    }

    private void check(CallbackClass callback, Handler handler, Findings findings) {
        Optional<Summary> summary = knowledge.summary(handler);
        if (summary.isEmpty()) return;
        Summary ofClass = summary.get().without(method -> isOverridden(method, callback.element()));
        BodyCheck.Handled handled = new BodyCheck.Handled(callback, handler, ofClass);
        for (BodyCheck check : checks) check.check(handled, findings);
        if (handler.hostRead().isEmpty() && hostReads.waits(handled)) strictPlans.waits(handled);
    }
}
