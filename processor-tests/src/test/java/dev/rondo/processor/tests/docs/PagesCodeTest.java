package dev.rondo.processor.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.testing.compile.Compilation;
import dev.rondo.CallbackException;
import dev.rondo.processor.tests.Compiling;
import dev.rondo.processor.tests.docs.MarkdownPage.Fence;
import dev.rondo.processor.tests.docs.PageCode.Block;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java code of all pages. Statements, programs and tests also run. The marks of a block, after the word {@code java}:
 *
 * <ul>
 *   <li>{@code fails}: it runs and throws. The text block after it, marked {@code quoted}, is the message, and below it that of the cause
 *       if a callback failed.
 *   <li>{@code rejected}: it does not compile, or with a warning. The text block after it, marked {@code quoted}, is what the compiler says.
 *   <li>{@code compiled}: it is compiled and does not run.
 *   <li>{@code module-info}: it is part of a module's declaration, which other tests compile.
 * </ul>
 *
 * <p>A text block that is marked {@code quoted} after another block is what that block prints. In a quote, … stands for any text. {@code
 * -Dgolden.update=true} writes quotes that differ into the pages again.
 */
class PagesCodeTest {
    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicNode> pages() {
        return MarkdownPage.all().stream()
                .filter(page -> !page.name().startsWith("docs/checks/"))
                .filter(page -> !new PageCode(page).blocks().isEmpty())
                .map(page -> dynamicContainer(page.name(), tests(page)));
    }

    private static Stream<DynamicNode> tests(MarkdownPage page) {
        PageCode code = new PageCode(page);
        Path classes = folder.resolve(code.packageName());
        DynamicNode compiles = dynamicTest("compiles", () -> {
            Compilation compilation = code.compiled();
            assertEquals(
                    "", compilation.diagnostics().stream().map(String::valueOf).collect(Collectors.joining("\n")));
            Compiling.writeTo(classes, compilation);
        });
        return Stream.concat(
                Stream.of(compiles),
                code.blocks().stream()
                        .filter(block -> !block.code().is("compiled"))
                        .map(block -> dynamicTest("line " + block.code().line(), () -> check(page, block, classes))));
    }

    private static void check(MarkdownPage page, Block block, Path classes) throws Throwable {
        PageCode code = new PageCode(page);
        if (block.isRejected()) {
            assertQuoted(page, block, PageCode.said(code.compiled(List.of(block))));
            return;
        }
        assumeTrue(Files.exists(classes), "it was not compiled");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, PagesCodeTest.class.getClassLoader())) {
            Class<?> type = loader.loadClass(code.className(block));
            if (block.fails()) {
                Throwable thrown = assertThrows(Throwable.class, () -> run(type));
                assertQuoted(page, block, said(thrown));
            } else {
                String printed = run(type);
                if (block.quote() != null) assertQuoted(page, block, printed);
            }
        }
    }

    /** Runs statements, a program or the tests of a class; does nothing for other classes. Returns what they print. */
    private static String run(Class<?> type) throws Throwable {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (PointerScope scope = new PointerScope()) {
            if (Fragment.class.isAssignableFrom(type)) {
                ((Fragment) newOne(type)).runIn(Files.createTempDirectory(folder, "run"));
            } else {
                for (Method method : type.getDeclaredMethods()) {
                    method.setAccessible(true);
                    if (method.isAnnotationPresent(Test.class)) method.invoke(newOne(type));
                    if (method.getName().equals("main")) method.invoke(null, (Object) new String[0]);
                }
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** The message of an exception. That of a callback is only half of it without its cause. */
    private static String said(Throwable thrown) {
        return thrown instanceof CallbackException
                ? thrown.getMessage() + "\nCaused by: " + said(thrown.getCause())
                : String.valueOf(thrown.getMessage());
    }

    private static Object newOne(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static void assertQuoted(MarkdownPage page, Block block, String said) {
        Fence quote = Objects.requireNonNull(block.quote(), "no text block marked 'quoted' follows");
        Pattern pattern = Pattern.compile(
                Arrays.stream(quote.text().strip().split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")),
                Pattern.DOTALL);
        if (pattern.matcher(said.strip()).matches()) return;
        if (Boolean.getBoolean("golden.update")) page.replace(quote, said.strip());
        else assertEquals(quote.text().strip(), said.strip());
    }

    @Test
    void aGuideEndsWithWhatGoesWrong() {
        List<MarkdownPage> guides = MarkdownPage.all().stream()
                .filter(page -> page.name().startsWith("docs/guide/"))
                .toList();
        assertFalse(guides.isEmpty());
        for (MarkdownPage guide : guides) {
            List<String> headings = guide.lines().stream()
                    .filter(line -> line.startsWith("## "))
                    .toList();
            assertEquals("## What goes wrong", headings.get(headings.size() - 1), guide.name());
        }
    }
}
