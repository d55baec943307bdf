package dev.rondo.processor;

import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.read.MissingTypeException;
import dev.rondo.processor.read.PlanReader;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Failures;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.write.GeneratedMark;
import dev.rondo.processor.write.PlanWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * Checks plans and writes the class and the timetable of each. A plan waits for the tables of its callbacks. If a callback has faults, the
 * plan is not written, and nothing more is reported.
 */
final class Plans {
    /** The folder of timetables among the resources; the binary names of the plans are the names of the files. */
    private static final String FOLDER = "META-INF/rondo/plans/";

    private final Tables tables;
    private final Elements elements;
    private final Filer filer;
    private final PlanReader reader;
    private final PlanWriter writer;
    /** The waiting plans with the missing type of each; empty if one of its callbacks waits. */
    private final SortedMap<String, Optional<String>> waiting = new TreeMap<>();

    Plans(ProcessingEnvironment environment, Tables tables) {
        this.tables = tables;
        elements = environment.getElementUtils();
        filer = environment.getFiler();
        reader = new PlanReader(elements, tables.rules(), tables.reader());
        writer = new PlanWriter(tables.rules(), new GeneratedMark(elements), tables.trees()::isAuxiliary);
    }

    void process(RoundEnvironment round) {
        if (round.processingOver()) {
            if (!round.errorRaised()) waiting.forEach(this::reportMissing);
            return;
        }
        SortedSet<String> names = new TreeSet<>(waiting.keySet());
        waiting.clear();
        TypeElement annotation = elements.getTypeElement(RondoNames.TRAINING_PLAN);
        if (annotation != null) {
            for (Element element : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
                names.add(((TypeElement) element).getQualifiedName().toString());
            }
        }
        names.forEach(name -> process(elements.getTypeElement(name)));
    }

    private void process(TypeElement type) {
        String name = type.getQualifiedName().toString();
        try {
            process(type, reader.read(type));
        } catch (MissingTypeException e) {
            waiting.put(name, Optional.of(e.typeName()));
        } catch (RuntimeException | IOException e) {
            tables.reports(type).report(type, Diagnostic.INTERNAL, name, Failures.describe(e));
        }
    }

    private void process(TypeElement type, Plan plan) throws IOException {
        Reports reports = tables.reports(type);
        tables.checks().run(plan, reports);
        boolean faulty = reports.rejected();
        for (Plan.Member member : plan.members()) {
            if (member.callback().isEmpty()) continue;
            switch (tables.outcome(member.callback().get().element())) {
                case WRITTEN -> {}
                case REJECTED -> faulty = true;
                case DEFERRED -> {
                    waiting.put(type.getQualifiedName().toString(), Optional.empty());
                    return;
                }
            }
        }
        if (!faulty) write(plan, reports);
    }

    private void write(Plan plan, Reports reports) throws IOException {
        TypeElement existing = elements.getTypeElement(plan.generated().canonicalName());
        boolean foreign =
                existing != null && !tables.rules().isA(existing.asType(), RondoNames.CALLBACK_PLAN.canonicalName());
        try {
            if (foreign) throw new FilerException("taken");
            writer.write(plan).writeTo(filer);
        } catch (FilerException e) {
            reports.report(
                    plan.element(), Diagnostic.NAME_CLASH, plan.generated().simpleName());
            return;
        }
        String file = FOLDER + elements.getBinaryName(plan.element()) + ".md";
        try (Writer out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", file, plan.element())
                .openWriter()) {
            out.write(writer.markdown(plan));
        }
    }

    private void reportMissing(String name, Optional<String> missing) {
        TypeElement type = elements.getTypeElement(name);
        missing.filter(m -> !m.isEmpty())
                .ifPresent(m -> tables.reports(type).report(type, Diagnostic.PLAN_DEFERRED, type.getSimpleName(), m));
    }
}
