package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** Other processors generate what callbacks need, or callbacks. */
class RoundsTest {
    @Test
    void aSuperclassThatIsGenerated() {
        Compilation compilation = compile(
                "p.Base",
                "package p; " + Sources.IMPORTS + " class Base { @On(Event.AFTER_FIT) void h() {} }",
                Sources.of("class Sub extends Base { @On(Event.BEFORE_FIT) void g() {} }"));
        assertTrue(Compiling.generated(Compiling.clean(compilation), "p/Sub_Callbacks.java")
                .contains("Base_Callbacks base"));
    }

    @Test
    void aParameterTypeThatIsGenerated() {
        Compilation compilation = compile(
                "p.Made",
                "package p; " + Sources.IMPORTS + " interface Made extends java.util.function.Supplier<String> {}",
                Sources.of("class Foo { @On(Event.BEFORE_FIT) void g(Made made) {} }"));
        assertEquals(1, compilation.errors().size(), () -> Compiling.summary(compilation));
        assertTrue(compilation.errors().get(0).getMessage(null).startsWith("[rondo:requirement]"));
    }

    @Test
    void generatedCallbacksAreIndexedToo() {
        Compilation compilation = compile(
                "p.Made",
                "package p; " + Sources.IMPORTS + " class Made { @On(Event.AFTER_FIT) void h() {} }",
                Sources.of("class Foo { @On(Event.BEFORE_FIT) void g() {} }"),
                Sources.of("class Waiting { @On(Event.BEFORE_FIT) void g() {} Object made = Made.class; }"));
        String service = Compiling.generated(Compiling.clean(compilation), "dev.rondo.spi.CallbackIndex");
        String all = service.lines()
                .map(name -> Compiling.generated(compilation, name.replace('.', '/') + ".java"))
                .reduce("", String::concat);
        for (String name : List.of("Foo", "Made", "Waiting")) assertTrue(all.contains("\"p." + name + "\""), all);
    }

    @Test
    void aTypeThatNeverAppearsIsNamed() {
        Compilation compilation =
                Compiling.compile(Sources.of("class Foo { @On(Event.BEFORE_FIT) void g(Missing missing) {} }"));
        List<String> errors =
                compilation.errors().stream().map(e -> e.getMessage(null)).toList();
        assertTrue(
                errors.contains(
                        "[rondo:deferred] No table for 'Foo': type 'Missing' never appeared. Fix the errors above."),
                errors::toString);
        assertEquals(2, errors.size(), errors::toString);
    }

    private static Compilation compile(String name, String source, JavaFileObject... sources) {
        return Compiling.compile(List.of(sources), List.of(), List.of(new Generating(name, source)));
    }

    /** Generates one file in the first round. */
    private static final class Generating extends AbstractProcessor {
        private final String name;
        private final String source;
        private boolean done;

        Generating(String name, String source) {
            this.name = name;
            this.source = source;
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("*");
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (done) return false;
            done = true;
            try (Writer out = processingEnv.getFiler().createSourceFile(name).openWriter()) {
                out.write(source);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return false;
        }
    }
}
