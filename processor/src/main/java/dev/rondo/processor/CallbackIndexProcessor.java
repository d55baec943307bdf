package dev.rondo.processor;

import com.google.auto.service.AutoService;
import dev.rondo.processor.model.RondoNames;
import java.io.IOException;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Collects the tables of a compilation in an index, and names the index in a service file.
 *
 * <p>It looks for tables, not for callbacks, so that everything that it finds exists. In an incremental build, the tables of classes that are
 * not recompiled are class files.
 */
@AutoService(Processor.class)
public final class CallbackIndexProcessor extends GuardedProcessor {
    private Indexes indexes;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RondoNames.HANDLERS);
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        indexes = new Indexes(environment);
    }

    @Override
    boolean work(Set<? extends TypeElement> annotations, RoundEnvironment round) throws IOException {
        indexes.process(annotations, round);
        return true;
    }
}
