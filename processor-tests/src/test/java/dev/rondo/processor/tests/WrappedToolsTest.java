package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.rondo.processor.CallbackProcessor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;

/** Build tools wrap the compiler's interfaces, so that javac's own are out of reach; and compilers have faults. */
class WrappedToolsTest {
    @Test
    void aThrownTypeIsThenReportedAtTheMethod() {
        String body = "class Foo { @On(Event.AFTER_FIT) void ^h() throws java.io.IOException {} }";
        Rejecting.says(
                compile(body.replace("^", ""), argument -> false),
                Diagnostic.Kind.ERROR,
                "checked-exception",
                "'h' may throw IOException; only cancels and unchecked exceptions may leave a handler. Catch it, or wrap it.",
                "package p; " + Sources.IMPORTS + " " + body);
    }

    @Test
    void aFailureIsADiagnosticOfItsClassAndOtherClassesGoOn() {
        Compilation compilation = compile(
                "class Foo { static class Bad { @On(Event.AFTER_FIT) void h() {} }"
                        + " static class Other { @On(Event.AFTER_FIT) private void h() {} } }",
                argument -> argument.toString().equals("p.Foo.Bad"));
        List<String> errors =
                compilation.errors().stream().map(e -> e.getMessage(null)).toList();
        assertEquals(2, errors.size(), errors::toString);
        assertTrue(
                errors.get(0)
                        .matches(
                                "\\[rondo:internal] The processor failed on 'p\\.Foo\\.Bad'; it continues with other classes\\."
                                        + " Please report this: java\\.lang\\.IllegalStateException: a fault at .*"),
                errors::toString);
        assertTrue(errors.get(1).startsWith("[rondo:private-handler] 'h' is private"), errors::toString);
    }

    private static Compilation compile(String body, Predicate<Object> fails) {
        return Compiling.compileWith(List.of(Sources.of(body)), List.of(), List.of(new Wrapping(fails)));
    }

    /** Hands a wrapped environment to the processor, whose element utilities fail for some of their arguments. */
    private static final class Wrapping extends AbstractProcessor {
        private final CallbackProcessor wrapped = new CallbackProcessor();
        private final Predicate<Object> fails;

        Wrapping(Predicate<Object> fails) {
            this.fails = fails;
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return wrapped.getSupportedAnnotationTypes();
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public synchronized void init(ProcessingEnvironment environment) {
            super.init(environment);
            Elements elements = wrap(Elements.class, (proxy, method, arguments) -> {
                if (method.getName().equals("getPackageOf") && fails.test(arguments[0])) {
                    throw new IllegalStateException("a fault");
                }
                return call(environment.getElementUtils(), method, arguments);
            });
            wrapped.init(wrap(
                    ProcessingEnvironment.class,
                    (proxy, method, arguments) -> method.getName().equals("getElementUtils")
                            ? elements
                            : call(environment, method, arguments)));
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            return wrapped.process(annotations, round);
        }

        private static <T> T wrap(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }

        private static Object call(Object object, java.lang.reflect.Method method, Object[] arguments)
                throws Throwable {
            try {
                return method.invoke(object, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
