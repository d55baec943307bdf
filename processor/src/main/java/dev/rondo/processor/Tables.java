package dev.rondo.processor;

import dev.rondo.processor.check.Checks;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.read.CallbackReader;
import dev.rondo.processor.read.MissingTypeException;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Failures;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Printer;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.report.Severities;
import dev.rondo.processor.report.SourceTrees;
import dev.rondo.processor.write.GeneratedMark;
import dev.rondo.processor.write.StubWriter;
import dev.rondo.processor.write.TableWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Checks callback classes and writes a table for each, round by round.
 *
 * <p>Between rounds it keeps names, not elements, since a compiler may create new elements in every round. A class that refers to a type that
 * does not exist yet waits for the next round.
 */
final class Tables {
    /** The outcome of a class. */
    enum Outcome {
        WRITTEN,
        REJECTED,
        DEFERRED
    }

    private final Set<String> compiled = new HashSet<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final SortedMap<String, String> missingTypes = new TreeMap<>();
    private final ProcessingEnvironment environment;
    private final Elements elements;
    private final SourceTrees trees;
    private final Printer printer;
    private final Severities severities;
    private final CallbackReader reader;
    private final Checks checks;
    private final GeneratedMark generatedMark;
    private final TypeRules rules;
    private final TableWriter writer;
    private final StubWriter stubs;
    private final Predicate<TypeElement> mine;

    /** @param onlyCustomEvents which of the two kinds of classes to work on: {@link CallbackReader#onlyCustomEvents} */
    Tables(ProcessingEnvironment environment, boolean onlyCustomEvents) {
        this.environment = environment;
        elements = environment.getElementUtils();
        trees = SourceTrees.of(environment);
        printer = Printer.of(environment, trees);
        severities = new Severities(environment.getOptions());
        rules = new TypeRules(environment.getTypeUtils(), elements);
        reader = new CallbackReader(elements, rules, type -> compiled.contains(outermost(type)));
        checks = new Checks(elements, rules, trees);
        generatedMark = new GeneratedMark(elements);
        writer = new TableWriter(rules, generatedMark, trees::isAuxiliary);
        stubs = new StubWriter(rules);
        mine = type -> reader.onlyCustomEvents(type) == onlyCustomEvents;
    }

    CallbackReader reader() {
        return reader;
    }

    SourceTrees trees() {
        return trees;
    }

    TypeRules rules() {
        return rules;
    }

    Checks checks() {
        return checks;
    }

    /** The diagnostics of a type. */
    Reports reports(TypeElement type) {
        return new Reports(printer, severities, type);
    }

    /** The outcome of a class with handlers, of this compilation or of the class path, where its table exists. */
    Outcome outcome(TypeElement type) {
        return compiled.contains(outermost(type)) ? process(type) : Outcome.WRITTEN;
    }

    /** Whether an annotation is a custom event. */
    boolean isEvent(TypeElement annotation) {
        return reader.isEvent(annotation);
    }

    /** Processes the classes that carry these annotations or have methods that do, and the classes that wait. */
    void process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (round.processingOver()) {
            if (!round.errorRaised()) reportMissingTypes();
            return;
        }
        reader.beginRound();
        for (Element root : round.getRootElements()) compiled.add(root.toString());
        ElementFilter.modulesIn(round.getRootElements()).forEach(generatedMark::declared);
        SortedMap<String, TypeElement> found = new TreeMap<>();
        for (String name : missingTypes.keySet()) found.put(name, find(name));
        outcomes.values().removeIf(outcome -> outcome == Outcome.DEFERRED);
        missingTypes.clear();
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                TypeElement type = owner(element);
                if (type != null && mine.test(type)) found.put(name(type), type);
            }
        }
        found.values().forEach(this::process);
    }

    /** The callback class of an element with an annotation: the class itself, or that of the member. */
    private static TypeElement owner(Element annotated) {
        boolean member = annotated.getKind() == ElementKind.METHOD || annotated.getKind() == ElementKind.FIELD;
        return (member ? annotated.getEnclosingElement() : annotated) instanceof TypeElement type ? type : null;
    }

    /** Checks the declaration of a custom event. */
    void checkEvent(TypeElement event) {
        guard(event, () -> checks.run(event, reports(event)));
    }

    /** Checks a method with {@code @Attribute}. */
    void checkAttribute(ExecutableElement method) {
        TypeElement type = (TypeElement) method.getEnclosingElement();
        guard(type, () -> {
            try {
                checks.run(reader.attribute(method), reports(type));
            } catch (MissingTypeException e) {
                // The compiler, or the check of a callback, reports it.
            }
        });
    }

    /** Reports an annotation that only handlers read, on a method that is none, or on its parameter. */
    void checkUse(TypeElement annotation, Element annotated) {
        boolean parameter = annotated.getKind() == ElementKind.PARAMETER;
        Element method = parameter ? annotated.getEnclosingElement() : annotated;
        if (!(method instanceof ExecutableElement executable) || reader.isHandler(executable)) return;
        TypeElement type = (TypeElement) method.getEnclosingElement();
        boolean constructor = method.getKind() == ElementKind.CONSTRUCTOR;
        annotated.getAnnotationMirrors().stream()
                .filter(mirror -> mirror.getAnnotationType().asElement().equals(annotation))
                .forEach(mirror -> reports(type)
                        .report(
                                Place.of(annotated, mirror),
                                Diagnostic.NO_HANDLER_HERE,
                                annotation.getSimpleName(),
                                annotated.getSimpleName(),
                                (constructor ? type : method).getSimpleName()));
    }

    private void guard(TypeElement type, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            report(type, Diagnostic.INTERNAL, type, Failures.describe(e));
        }
    }

    /** Base classes come first, because a table needs that of the base. */
    private Outcome process(TypeElement type) {
        String name = name(type);
        Outcome known = outcomes.get(name);
        if (known != null) return known;
        Outcome outcome;
        try {
            outcome = examine(type);
        } catch (MissingTypeException e) {
            if (mine.test(type)) missingTypes.put(name, e.typeName());
            outcome = Outcome.DEFERRED;
        } catch (IOException | RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            if (mine.test(type)) report(type, Diagnostic.INTERNAL, name, Failures.describe(e));
            outcome = Outcome.REJECTED;
        }
        outcomes.put(name, outcome);
        return outcome;
    }

    private Outcome examine(TypeElement type) throws MissingTypeException, IOException {
        CallbackClass callback = reader.read(type);
        Outcome base = callback.base()
                .filter(CallbackClass.Base::compiledNow)
                .map(b -> process(b.callback().element()))
                .orElse(Outcome.WRITTEN);
        Reports reports = mine.test(type) ? reports(type) : Reports.silent(severities, type);
        checks.run(callback, reports);
        if (base == Outcome.DEFERRED) return base;
        if (base == Outcome.REJECTED || reports.rejected()) {
            if (mine.test(type) && !reports.has(Diagnostic.NAME_CLASH)) writeStub(callback);
            return Outcome.REJECTED;
        }
        if (callback.slots().isEmpty()) return Outcome.REJECTED;
        if (mine.test(type)) write(callback, reports);
        return Outcome.WRITTEN;
    }

    private void write(CallbackClass callback, Reports reports) throws IOException {
        try {
            writer.write(callback).writeTo(environment.getFiler());
        } catch (FilerException e) {
            reports.report(
                    callback.element(), Diagnostic.NAME_CLASH, callback.table().simpleName());
        }
    }

    private void writeStub(CallbackClass callback) throws IOException {
        try {
            stubs.write(callback).writeTo(environment.getFiler());
        } catch (FilerException e) {
            // Another class has the name, so sources that use the name find that class.
        }
    }

    private void reportMissingTypes() {
        missingTypes.forEach((name, missing) -> {
            if (missing.isEmpty()) return; // the compiler reports it
            TypeElement type = find(name);
            report(type, Diagnostic.DEFERRED, type.getSimpleName(), missing);
        });
    }

    private void report(TypeElement type, Diagnostic diagnostic, Object... arguments) {
        reports(type).report(type, diagnostic, arguments);
    }

    /** A class that was there in an earlier round; ECJ finds no nested class with a {@code $} in its name, unless from the class around it. */
    private TypeElement find(String name) {
        TypeElement type = elements.getTypeElement(name);
        if (type != null) return type;
        int dot = name.lastIndexOf('.');
        return ElementFilter.typesIn(find(name.substring(0, dot)).getEnclosedElements()).stream()
                .filter(member -> member.getSimpleName().contentEquals(name.substring(dot + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static String name(TypeElement type) {
        return type.getQualifiedName().toString();
    }

    private static String outermost(TypeElement type) {
        Element e = type;
        while (e.getEnclosingElement().getKind() != ElementKind.PACKAGE) e = e.getEnclosingElement();
        return e.toString();
    }
}
