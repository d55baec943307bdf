package dev.rondo.processor;

import com.google.auto.service.AutoService;
import dev.rondo.processor.body.BodyOptions;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.report.Severities;
import dev.rondo.processor.write.GeneratedMark;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Generates the tables of classes with {@code @On} or {@code @Callback} and the classes of plans, checks the declarations of custom events and
 * attributes, and claims all of Rondo's annotations.
 */
@AutoService(Processor.class)
public final class CallbackProcessor extends GuardedProcessor {
    private Tables tables;
    private Plans plans;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(
                RondoNames.ON,
                RondoNames.CALLBACK,
                RondoNames.READ,
                RondoNames.WRITES,
                RondoNames.ATTRIBUTE,
                RondoNames.CHECKPOINTED,
                RondoNames.HOST_READ,
                RondoNames.WAITS_FOR_DEVICE,
                RondoNames.MUST_CLOSE,
                RondoNames.TRAINING_PLAN,
                RondoNames.EVENT_TYPE,
                GeneratedMark.GENERATED);
    }

    @Override
    public Set<String> getSupportedOptions() {
        Set<String> options = new TreeSet<>(Severities.options());
        // Invalid ones are reported, so javac need not warn about them too.
        if (isInitialized()) options.addAll(Severities.ours(processingEnv.getOptions()));
        return options;
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        BodyOptions.handOver(environment.getOptions());
        Severities.reportFaults(environment.getOptions(), environment.getMessager());
        tables = new Tables(environment, false);
        plans = new Plans(environment, tables);
    }

    @Override
    boolean work(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        tables.process(named(annotations, RondoNames.ON, RondoNames.CALLBACK, RondoNames.CHECKPOINTED), round);
        plans.process(round);
        for (TypeElement eventType : named(annotations, RondoNames.EVENT_TYPE)) {
            Set<? extends Element> events = round.getElementsAnnotatedWith(eventType);
            ElementFilter.typesIn(events).forEach(tables::checkEvent);
        }
        for (TypeElement annotation : named(annotations, RondoNames.READ, RondoNames.WRITES)) {
            round.getElementsAnnotatedWith(annotation).forEach(element -> tables.checkUse(annotation, element));
        }
        for (TypeElement annotation : named(annotations, RondoNames.ATTRIBUTE)) {
            ElementFilter.methodsIn(round.getElementsAnnotatedWith(annotation)).forEach(tables::checkAttribute);
        }
        return round.processingOver() || Claims.all(annotations, round);
    }

    private static Set<TypeElement> named(Set<? extends TypeElement> annotations, String... names) {
        return annotations.stream()
                .filter(type -> List.of(names).contains(type.getQualifiedName().toString()))
                .collect(Collectors.toSet());
    }
}
