package dev.rondo.processor.tests.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of {@code docs/checks}. Its examples stand in fences marked {@code bad} or {@code good}; further words say what is special:
 * {@code javac} is about a body, which only javac shows; {@code library} is compiled before the others, {@code without-processor} if it has that mark, {@code alone} keeps an example out of the
 * compilation of all.
 */
record Page(String key, String text, List<Example> examples) {
    static final Path FOLDER = Path.of("../docs/checks");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+) (bad|good)([\\w -]*)\\n(.*?)^```$");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract )*(?:class|record|enum|@?interface) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final String IMPORTS =
            "import dev.rondo.*; import dev.rondo.annotation.*; import dev.rondo.Recorder;"
                    + " import dev.rondo.event.*; import org.bytedeco.pytorch.Tensor;\n";

    /** An example: a file, or a line of options. */
    record Example(String language, boolean bad, List<String> marks, String text) {
        boolean is(String mark) {
            return marks.contains(mark);
        }

        /** Whether it can be compiled with those of other pages. */
        boolean goesWithAll() {
            return language.equals("java") && marks.isEmpty();
        }
    }

    static Page of(String key) {
        try {
            String text = Files.readString(FOLDER.resolve(key + ".md"));
            List<Example> examples = new ArrayList<>();
            for (Matcher fence = FENCE.matcher(text); fence.find(); ) {
                List<String> marks = List.of(fence.group(3).strip().split(" +"));
                examples.add(new Example(
                        fence.group(1),
                        fence.group(2).equals("bad"),
                        marks.equals(List.of("")) ? List.of() : marks,
                        fence.group(4)));
            }
            return new Page(key, text, examples);
        } catch (IOException e) {
            throw new AssertionError(FOLDER.resolve(key + ".md") + " is missing", e);
        }
    }

    List<Example> examples(boolean bad) {
        return examples.stream().filter(example -> example.bad() == bad).toList();
    }

    /** Whether all its examples can be compiled with those of other pages. */
    boolean goesWithAll() {
        return examples.stream().allMatch(example -> example.goesWithAll() || example.is("javac"));
    }

    /** Puts an example into a job, with the package and the imports that pages leave out. */
    void addTo(Job job, Example example) {
        if (example.is("module-info")) {
            job.file("module-info.java", example.text());
            return;
        }
        Matcher stated = PACKAGE.matcher(example.text());
        String packageName = stated.find()
                ? stated.group(1)
                : "checks." + key.replace('-', '_') + "." + (example.bad() ? "bad" : "good");
        String body = example.text().replaceFirst("package [\\w.]+;\\n", "");
        Matcher type = TYPE.matcher(body);
        if (!type.find()) throw new AssertionError("no type in an example of " + key);
        job.file(
                packageName.replace('.', '/') + "/" + type.group(1) + ".java",
                "package " + packageName + ";\n" + IMPORTS + body);
    }
}
