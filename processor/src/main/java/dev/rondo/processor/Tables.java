package dev.rondo.processor;

import dev.rondo.processor.check.Checks;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.read.CallbackReader;
import dev.rondo.processor.read.MissingTypeException;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Printer;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.report.Severities;
import dev.rondo.processor.write.Marks;
import dev.rondo.processor.write.TableWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Checks callback classes and writes a table for each, round by round.
 *
 * <p>Between rounds it keeps names, never elements: a compiler may make new elements in every round. A class that names a type which
 * does not exist yet waits for the next round.
 */
final class Tables {
    /** What became of a class. */
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
    private final Printer printer;
    private final Severities severities;
    private final CallbackReader reader;
    private final Checks checks;
    private final TypeRules rules;
    private final TableWriter writer;
    private final Predicate<TypeElement> mine;

    /** @param onlyOwnEvents which of the two kinds of classes to work on: {@link CallbackReader#onlyOwnEvents} */
    Tables(ProcessingEnvironment environment, boolean onlyOwnEvents) {
        this.environment = environment;
        elements = environment.getElementUtils();
        printer = Printer.of(environment);
        severities = new Severities(environment.getOptions());
        rules = new TypeRules(environment.getTypeUtils(), elements);
        reader = new CallbackReader(elements, rules, type -> compiled.contains(outermost(type)));
        checks = new Checks(elements, rules);
        writer = new TableWriter(rules, new Marks(elements));
        mine = type -> reader.onlyOwnEvents(type) == onlyOwnEvents;
    }

    CallbackReader reader() {
        return reader;
    }

    TypeRules rules() {
        return rules;
    }

    Checks checks() {
        return checks;
    }

    /** What is to be said of a type. */
    Reports reports(TypeElement type) {
        return new Reports(printer, severities, type);
    }

    /** What becomes of a class with handlers: of this compilation, of either kind, or of the class path, where its table exists. */
    Outcome outcome(TypeElement type) {
        return compiled.contains(outermost(type))
                ? process(type.getQualifiedName().toString())
                : Outcome.WRITTEN;
    }

    /** Whether an annotation is an event of a user's own. */
    boolean isEvent(TypeElement annotation) {
        return reader.isEvent(annotation);
    }

    /** Works on the classes with these annotations, on themselves or on their methods, and on those that wait. */
    void process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (round.processingOver()) {
            if (!round.errorRaised()) reportMissingTypes();
            return;
        }
        for (Element root : round.getRootElements()) compiled.add(root.toString());
        SortedSet<String> names = new TreeSet<>(missingTypes.keySet());
        outcomes.values().removeIf(outcome -> outcome == Outcome.DEFERRED);
        missingTypes.clear();
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                names(element).ifPresent(names::add);
            }
        }
        names.forEach(this::process);
    }

    /** The name of a class of ours, given it or a member of it. */
    private Optional<String> names(Element annotated) {
        boolean member = annotated.getKind() == ElementKind.METHOD || annotated.getKind() == ElementKind.FIELD;
        Element owner = member ? annotated.getEnclosingElement() : annotated;
        return owner instanceof TypeElement type && mine.test(type)
                ? Optional.of(type.getQualifiedName().toString())
                : Optional.empty();
    }

    /** Checks the declaration of an event of a user's own. */
    void checkEvent(TypeElement event) {
        try {
            checks.run(event, reports(event));
        } catch (RuntimeException e) {
            report(event, Diagnostic.INTERNAL, event, Failures.describe(e));
        }
    }

    /** Base classes first: there is no table without that of the base. */
    private Outcome process(String name) {
        Outcome known = outcomes.get(name);
        if (known != null) return known;
        TypeElement type = elements.getTypeElement(name);
        Outcome outcome;
        try {
            outcome = process(type);
        } catch (MissingTypeException e) {
            if (mine.test(type)) missingTypes.put(name, e.typeName());
            outcome = Outcome.DEFERRED;
        } catch (RuntimeException | IOException e) {
            if (mine.test(type)) report(type, Diagnostic.INTERNAL, name, Failures.describe(e));
            outcome = Outcome.REJECTED;
        }
        outcomes.put(name, outcome);
        return outcome;
    }

    private Outcome process(TypeElement type) throws MissingTypeException, IOException {
        CallbackClass callback = reader.read(type);
        Outcome base = callback.base()
                .filter(CallbackClass.Base::compiledNow)
                .map(b -> process(b.callback().element().getQualifiedName().toString()))
                .orElse(Outcome.WRITTEN);
        Reports reports = mine.test(type) ? reports(type) : Reports.silent(severities, type);
        checks.run(callback, reports);
        if (base != Outcome.WRITTEN) return base;
        if (reports.rejected() || callback.slots().isEmpty()) return Outcome.REJECTED;
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

    private void reportMissingTypes() {
        missingTypes.forEach((name, missing) -> {
            TypeElement type = elements.getTypeElement(name);
            report(type, Diagnostic.DEFERRED, type.getSimpleName(), missing);
        });
    }

    private void report(TypeElement type, Diagnostic diagnostic, Object... arguments) {
        reports(type).report(type, diagnostic, arguments);
    }

    private static String outermost(TypeElement type) {
        Element e = type;
        while (e.getEnclosingElement().getKind() != ElementKind.PACKAGE) e = e.getEnclosingElement();
        return e.toString();
    }
}
