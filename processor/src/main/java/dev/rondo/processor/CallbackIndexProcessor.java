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
 * <p>It looks for tables, not for callbacks: what it finds exists. An incremental build hands it the tables of classes that are not
 * compiled again as class files, beside the sources that are.
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
