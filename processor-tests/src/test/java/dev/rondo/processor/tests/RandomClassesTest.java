package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random classes, most of them wrong in several ways: whatever is said of them is said once, in their own files, and is no fault of the
 * processor's; and those of which nothing is said compile.
 */
class RandomClassesTest {
    private static final String[] EVENTS = {
        "@On(Event.AFTER_LOSS)",
        "@On({Event.AFTER_LOSS, Event.AFTER_FIT})",
        "@On(value = Event.BEFORE_STEP, order = 3)",
        "@On({})",
        "@On({Event.AFTER_FIT, Event.AFTER_FIT})",
        "@Own",
        "@Own(order = 2) @On(Event.AFTER_BATCH)",
        "",
    };
    private static final String[] WRITES = {
        "", "", "", "@Writes(\"loss\")", "@Writes({\"loss\", \"pred\"})", "@Writes(\"no\")"
    };
    private static final String[] MODIFIERS = {
        "", "", "", "public", "protected", "private", "static", "final", "synchronized"
    };
    private static final String[] RESULTS = {"void", "void", "void", "Tensor", "int", "<T> void", "List<Tensor>"};
    private static final String[] PARAMETERS = {
        "Tensor loss",
        "Object pred",
        "int epoch",
        "long iter",
        "Learner l",
        "CallbackHandle h",
        "RunKind k",
        "Recorder r",
        "String s",
        "Tensor[] xb",
        "List<? extends Tensor> yb",
        "C0 c",
        "C1<?> d",
        "@Read(\"los\") Tensor t",
        "@Read(\"loss\") Tensor u",
        "int[] a",
    };
    private static final String[] THROWS = {
        "",
        "",
        "throws CancelBatchException",
        "throws CancelFitException, Error",
        "throws java.io.IOException",
        "throws CancelException",
    };
    private static final String[] NAMES = {"a", "b", "c", "beforeBatch", "setLoss", "call", "of", "größe", "$_"};
    private static final String[] FIELDS = {
        "Tensor loss;", "int pred = 0;", "final Tensor xb = null;", "static int epoch;", ""
    };
    private static final String[] KINDS = {
        "class %s {",
        "final class %s {",
        "abstract class %s {",
        "class %s<T extends Comparable<T>> {",
        "class %s extends Base {",
        "class %s extends q.Far {",
        "@Callback(order = 2, runs = Phase.TRAIN) class %s {",
        "@Callback(runs = {}) class %s extends Base {",
        "enum %s { ONE, TWO { };",
        "record %s(int loss, Tensor pred) {",
        "interface %s {",
        "@Deprecated class %s {",
    };

    private final Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void areJudgedOnceAndNeverCrash(long seed) {
        random.setSeed(seed);
        List<JavaFileObject> sources = Sources.list(
                Sources.of("@EventType(within = Scope.BATCH) @interface Own { int order() default 0; }"),
                Sources.of("class Base { @On(Event.AFTER_LOSS) void a(Tensor loss) {} @Own void b() {} }"),
                Sources.in(
                        "q",
                        "public class Far { @On(Event.AFTER_FIT) void a() {} @On(Event.AFTER_FIT) protected void b() {} }"),
                Sources.of("class C0 { @On(Event.AFTER_FIT) void a() {} }"),
                Sources.of("class C1<T> { @On(Event.AFTER_FIT) void a() {} }"));
        for (int i = 2; i < 42; i++) sources.add(Sources.of(type("C" + i, 0)));
        Compilation compilation =
                Compiling.compileWith(sources, List.of(), Compiling.processors(), List.of("-Xmaxerrs", "999"));
        List<String> said = compilation.diagnostics().stream()
                .filter(d -> d.getSource() != null)
                .map(d -> d.getSource().getName() + ":" + d.getColumnNumber() + " " + d.getMessage(null))
                .toList();
        assertTrue(said.stream().filter(s -> s.contains("[rondo:")).count() > 50, said::toString);
        assertEquals(List.of(), matching(said, ".*(_Callbacks|CallbackIndex_).*\\.java.*|.*\\[rondo:internal].*"));
        assertEquals(List.copyOf(new TreeSet<>(said)), said.stream().sorted().toList());
        Set<String> faulty = said.stream().map(s -> s.replaceAll(":.*", "")).collect(Collectors.toSet());
        sources.removeIf(source -> faulty.contains(source.getName()));
        Compiling.clean(Compiling.compileWith(sources, List.of(), Compiling.processors(), List.of("-Xlint:none")));
    }

    private static List<String> matching(List<String> lines, String pattern) {
        return lines.stream().filter(line -> line.matches(pattern)).toList();
    }

    private String type(String name, int depth) {
        String kind = pick(KINDS);
        List<String> members = new ArrayList<>();
        if (!kind.startsWith("interface") && !kind.startsWith("record")) members.add(pick(FIELDS));
        for (int i = random.nextInt(4); i > 0; i--) members.add(method(i, kind.startsWith("interface")));
        if (depth < 2 && random.nextInt(4) == 0) {
            String modifiers = kind.startsWith("interface") ? "" : pick("static", "", "private static");
            members.add(modifiers + " " + type("N" + depth, depth + 1));
        }
        return String.format(Locale.ROOT, kind, name) + " " + String.join(" ", members) + " }";
    }

    private String method(int number, boolean inInterface) {
        String result = pick(RESULTS);
        String parameters = IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> pick(PARAMETERS))
                .distinct()
                .collect(Collectors.joining(", "));
        return String.join(
                " ",
                pick(EVENTS),
                pick(WRITES),
                inInterface ? "default" : pick(MODIFIERS),
                result,
                pick(NAMES) + number + "(" + parameters + ")",
                pick(THROWS),
                result.endsWith("void") ? "{}" : "{ throw new Error(); }");
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }
}
