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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Whatever a class needs of a type that another processor makes, it waits for it, and all is as if the type had been there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Foo extends Made { @On(Event.BEFORE_FIT) void g() {} }",
                "class Foo { @On(Event.BEFORE_FIT) void g() {} static class Sub extends Base { @On(Event.BEFORE_FIT) void g() {} }"
                        + " static class Base extends Made { @On(Event.BEFORE_FIT) void f() {} } }",
                "class Foo { @On(Event.BEFORE_FIT) void g() throws Made.Unchecked {} }",
                "class Foo { @On(Event.BEFORE_FIT) void g(Made made) {} }",
                "class Foo<T extends Made> { @On(Event.BEFORE_FIT) void g() {} }",
                "class Foo implements Made.Marker { @On(Event.BEFORE_FIT) void g() {} }",
                "@Callback(learner = Made.Learning.class) class Foo { @On(Event.BEFORE_FIT) void g(Made score) {} }",
                "class Foo { @On(Event.BEFORE_FIT) void g() {} static class Bar { @On(Event.BEFORE_FIT) void g(Made made) {} } }",
                "class Foo { @On(Event.BEFORE_FIT) void g(Made_Callbacks made, Made other) {} }",
            })
    void aTypeThatIsGenerated(String body) {
        String made = "package p; " + Sources.IMPORTS
                + " class Made { @On(Event.AFTER_FIT) void end() {} interface Marker {}"
                + " static class Unchecked extends RuntimeException { private static final long serialVersionUID = 1; }"
                + " static class Learning extends Learner { Learning(LearnerBuilder b) { super(b); } @Attribute Made score() { return null; } } }";
        Compilation compilation = compile("p.Made", made, Sources.of(body));
        if (body.contains("Made_Callbacks")) { // it waits for a table of ours, too, and is told what is wrong with it
            assertEquals(1, compilation.errors().size(), () -> Compiling.summary(compilation));
            assertTrue(compilation.errors().get(0).getMessage(null).startsWith("[rondo:requirement] Parameter 1"));
        } else {
            assertTrue(Compiling.generates(Compiling.clean(compilation), "p/Foo_Callbacks.java"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class Foo extends Missing { @On(Event.BEFORE_FIT) void g() {} }                       | Missing
            class Foo extends q.Missing<String> { @On(Event.BEFORE_FIT) void g() {} }             | q.Missing
            class Foo { @On(Event.BEFORE_FIT) void g() throws Missing {} }                        | Missing
            class Foo { @On(Event.BEFORE_FIT) void g(List<Map<String, Missing[]>> made) {} }      | Missing
            class Foo { @On(Event.BEFORE_FIT) Missing g() { return null; } }                      | Missing
            """)
    void aTypeThatNeverAppearsIsNamedOnce(String body, String missing) {
        List<String> ours = Compiling.compile(Sources.of(body)).errors().stream()
                .map(e -> e.getMessage(null))
                .filter(message -> message.startsWith("[rondo:"))
                .toList();
        assertEquals(
                List.of("[rondo:deferred] No table for 'Foo': type '" + missing
                        + "' never appeared. Fix the errors above."),
                ours);
    }

    @Test
    void aMissingClassInAnAnnotationIsNamedByTheCompilerOnly() {
        for (String body : List.of(
                "@Callback(learner = Missing.class) class Foo { @On(Event.BEFORE_FIT) void g() {} }",
                "@TrainingPlan({Missing.class}) interface Foo {}")) {
            List<String> errors = Compiling.compile(Sources.of(body)).errors().stream()
                    .map(e -> e.getMessage(null))
                    .toList();
            assertEquals(1, errors.size(), errors::toString);
            assertTrue(errors.get(0).contains("class Missing"), errors::toString);
        }
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
