package dev.rondo.processor;

import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Failures;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;

/** A processor whose own faults are diagnostics: an exception that leaves a processor ends the compiler, with a stack trace. */
abstract class GuardedProcessor extends AbstractProcessor {
    @Override
    public final SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public final boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        try {
            return work(annotations, round);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            String name = getClass().getSimpleName();
            processingEnv.getMessager().printMessage(Kind.ERROR, Diagnostic.INTERNAL.text(name, Failures.describe(e)));
            return false;
        }
    }

    /** Does a round's work; answers whether the annotations are claimed. */
    abstract boolean work(Set<? extends TypeElement> annotations, RoundEnvironment round) throws Exception;
}
