package dev.rondo.processor;

import com.google.auto.service.AutoService;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Generates the tables of classes all of whose handlers handle custom events.
 *
 * <p>Their annotations may have any name, so this processor supports all annotations. A processor that supports all can claim all or none, and
 * other processors do not see what it claims. Therefore it is a separate processor, and claims none.
 */
@AutoService(Processor.class)
public final class CustomEventProcessor extends GuardedProcessor {
    private Tables tables;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        tables = new Tables(environment, true);
    }

    @Override
    boolean work(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        tables.process(annotations.stream().filter(tables::isEvent).collect(Collectors.toSet()), round);
        return false;
    }
}
