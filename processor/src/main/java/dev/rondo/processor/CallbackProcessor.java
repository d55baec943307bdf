package dev.rondo.processor;

import com.google.auto.service.AutoService;
import dev.rondo.processor.check.Checks;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.read.CallbackReader;
import dev.rondo.processor.read.MissingTypeException;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.write.Marks;
import dev.rondo.processor.write.TableWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Checks callback classes and writes a table for each.
 *
 * <p>Between rounds it keeps names, never elements: a compiler may make new elements in every round. A class that names a type which
 * does not exist yet waits for the next round.
 */
@AutoService(Processor.class)
public final class CallbackProcessor extends AbstractProcessor {
    private enum Outcome {
        WRITTEN,
        REJECTED,
        DEFERRED
    }

    private final Set<String> compiled = new HashSet<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final SortedMap<String, String> missingTypes = new TreeMap<>();
    private Elements elements;
    private CallbackReader reader;
    private Checks checks;
    private TableWriter writer;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(
                RondoNames.ON,
                RondoNames.CALLBACK,
                RondoNames.READ,
                RondoNames.WRITES,
                RondoNames.ATTRIBUTE,
                Marks.GENERATED);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        elements = environment.getElementUtils();
        TypeRules rules = new TypeRules(environment.getTypeUtils(), elements);
        reader = new CallbackReader(elements, rules, type -> compiled.contains(outermost(type)));
        checks = new Checks(elements, rules);
        writer = new TableWriter(rules, new Marks(elements));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (round.processingOver()) {
            if (!round.errorRaised()) reportMissingTypes();
            return true;
        }
        for (Element root : round.getRootElements()) compiled.add(root.toString());
        SortedSet<String> names = new TreeSet<>(missingTypes.keySet());
        outcomes.values().removeIf(outcome -> outcome == Outcome.DEFERRED);
        missingTypes.clear();
        names.addAll(callbackClasses(round));
        names.forEach(this::process);
        return Claims.all(annotations, round);
    }

    private Set<String> callbackClasses(RoundEnvironment round) {
        Set<String> names = new HashSet<>();
        for (String annotation : Set.of(RondoNames.ON, RondoNames.CALLBACK)) {
            TypeElement type = elements.getTypeElement(annotation);
            if (type == null) continue;
            for (Element element : round.getElementsAnnotatedWith(type)) {
                Element owner = element.getKind() == ElementKind.METHOD ? element.getEnclosingElement() : element;
                names.add(((TypeElement) owner).getQualifiedName().toString());
            }
        }
        return names;
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
            missingTypes.put(name, e.typeName());
            outcome = Outcome.DEFERRED;
        } catch (RuntimeException | IOException e) {
            report(type, Diagnostic.INTERNAL, name, Failures.describe(e));
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
        Reports reports = new Reports(processingEnv.getMessager(), type);
        checks.run(callback, reports);
        if (base != Outcome.WRITTEN) return base;
        if (reports.rejected() || callback.slots().isEmpty()) return Outcome.REJECTED;
        try {
            writer.write(callback).writeTo(processingEnv.getFiler());
        } catch (FilerException e) {
            reports.report(type, Diagnostic.NAME_CLASH, callback.table().simpleName());
        }
        return Outcome.WRITTEN;
    }

    private void reportMissingTypes() {
        missingTypes.forEach((name, missing) -> {
            TypeElement type = elements.getTypeElement(name);
            report(type, Diagnostic.DEFERRED, type.getSimpleName(), missing);
        });
    }

    private void report(TypeElement type, Diagnostic diagnostic, Object... arguments) {
        new Reports(processingEnv.getMessager(), type).report(type, diagnostic, arguments);
    }

    private static String outermost(TypeElement type) {
        Element e = type;
        while (e.getEnclosingElement().getKind() != ElementKind.PACKAGE) e = e.getEnclosingElement();
        return e.toString();
    }
}
