package dev.rondo.processor.tests;

import com.google.testing.compile.JavaFileObjects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;

/** Sources as text. A file takes its name from the first type in it, its package from its package line. */
final class Sources {
    /** Everything that callbacks import, on one line, so that snippets keep their line numbers. */
    static final String IMPORTS =
            "import dev.rondo.*; import dev.rondo.annotation.*; import dev.rondo.Recorder; import dev.rondo.event.*;"
                    + " import org.bytedeco.pytorch.Tensor; import java.util.*;";

    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|record|enum|interface) (\\w+)");

    private Sources() {}

    /** A file in package {@code p}, with the imports. */
    static JavaFileObject of(String body) {
        return file("package p; " + IMPORTS + " " + body);
    }

    static JavaFileObject in(String packageName, String body) {
        return file("package " + packageName + "; " + IMPORTS + " " + body);
    }

    /** A file as it stands. */
    static JavaFileObject file(String source) {
        Matcher packageName = PACKAGE.matcher(source);
        String prefix = packageName.find() ? packageName.group(1) + "." : "";
        Matcher type = TYPE.matcher(source.replaceAll("@interface", "interface"));
        if (!type.find()) throw new IllegalArgumentException("no type in: " + source);
        return JavaFileObjects.forSourceString(prefix + type.group(1), source);
    }

    static List<JavaFileObject> list(JavaFileObject... files) {
        return new ArrayList<>(Arrays.asList(files));
    }
}
