package dev.rondo.benchmarks.processor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * A minimal processor: in the first round, it writes the files that another processor wrote before. It reads no elements and checks
 * nothing, so a compilation with it takes the time that javac needs for the same classes.
 */
public final class CopyProcessor extends AbstractProcessor {
    /** The processor option that names the folder to copy. */
    static final String FROM = "copy.from";

    private boolean done;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(FROM);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (done) return false;
        done = true;
        Path from = Path.of(processingEnv.getOptions().get(FROM));
        try (Stream<Path> files = Files.walk(from)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : sorted) copy(file, from.relativize(file).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return false;
    }

    private void copy(Path file, String name) throws IOException {
        Filer filer = processingEnv.getFiler();
        if (name.endsWith(".java")) {
            String type = name.substring(0, name.length() - ".java".length()).replace('/', '.');
            try (Writer out = filer.createSourceFile(type).openWriter()) {
                out.write(Files.readString(file));
            }
        } else {
            try (OutputStream out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", name)
                    .openOutputStream()) {
                Files.copy(file, out);
            }
        }
    }
}
