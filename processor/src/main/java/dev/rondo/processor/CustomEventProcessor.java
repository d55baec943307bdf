package dev.rondo.processor;

import com.google.auto.service.AutoService;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Makes the tables of classes whose handlers all are of events of a user's own.
 *
 * <p>Their annotations have any name, so it must see all; and who sees all can claim all or nothing, and takes from other processors what
 * it claims. That is why it is a processor of its own, and claims nothing.
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
