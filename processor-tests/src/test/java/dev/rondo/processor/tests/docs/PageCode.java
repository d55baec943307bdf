package dev.rondo.processor.tests.docs;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.rondo.processor.tests.Compiling;
import dev.rondo.processor.tests.docs.MarkdownPage.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** The Java code of a page: each block is a source file of one package, whose lines have the numbers that they have on the page. */
final class PageCode {
    private static final Pattern TYPE = Pattern.compile(
            "(?m)^(?:@\\w+(?:\\(.*\\))? )*(?:public |final |abstract |sealed )*(?:class|record|enum|@?interface) (\\w+)");

    private static final String IMPORTS = Stream.of(
                    "dev.rondo.*",
                    "dev.rondo.annotation.*",
                    "dev.rondo.callback.*",
                    "dev.rondo.checkpoint.*",
                    "dev.rondo.data.*",
                    "dev.rondo.event.*",
                    "dev.rondo.loss.*",
                    "dev.rondo.metric.*",
                    "dev.rondo.nn.*",
                    "dev.rondo.optim.*",
                    "dev.rondo.profile.*",
                    "dev.rondo.schedule.*",
                    "dev.rondo.torch.*",
                    "java.io.*",
                    "java.nio.file.*",
                    "java.util.*",
                    "java.util.stream.*",
                    "org.bytedeco.javacpp.PointerScope",
                    "org.bytedeco.pytorch.Device",
                    "org.bytedeco.pytorch.Scalar",
                    "org.bytedeco.pytorch.Tensor",
                    "org.bytedeco.pytorch.global.torch",
                    "org.bytedeco.pytorch.global.torch.ScalarType")
            .map(name -> "import " + name + "; ")
            .collect(Collectors.joining());

    /** A block of Java, and the text block after it, which quotes what it prints or how it fails, if there is one. */
    record Block(Fence code, @Nullable Fence quote) {
        /** Whether it declares types; else it is statements, perhaps with local classes. */
        boolean declares() {
            return TYPE.matcher(code.text()).find() && code.text().strip().endsWith("}");
        }

        boolean isRejected() {
            return code.is("rejected");
        }

        boolean fails() {
            return code.is("fails");
        }
    }

    private final MarkdownPage page;
    private final List<Block> blocks = new ArrayList<>();

    PageCode(MarkdownPage page) {
        this.page = page;
        List<Fence> fences = page.fences();
        for (int i = 0; i < fences.size(); i++) {
            if (!fences.get(i).language().equals("java") || fences.get(i).is("module-info")) continue;
            boolean quoted = i + 1 < fences.size() && fences.get(i + 1).is("quoted");
            blocks.add(new Block(fences.get(i), quoted ? fences.get(i + 1) : null));
        }
    }

    List<Block> blocks() {
        return blocks;
    }

    String packageName() {
        return "pages."
                + page.name()
                        .replaceAll("\\.md$", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z/]", "_")
                        .replace('/', '.');
    }

    /** The class of a block: the first that it declares, or the one around its statements. */
    String className(Block block) {
        Matcher type = TYPE.matcher(block.code().text());
        return packageName() + "."
                + (block.declares() && type.find()
                        ? type.group(1)
                        : "Line" + block.code().line());
    }

    /** Compiles all blocks that should compile, together. */
    Compilation compiled() {
        return compiled(blocks.stream().filter(block -> !block.isRejected()).toList());
    }

    Compilation compiled(List<Block> some) {
        return Compiling.compileWith(
                some.stream().map(this::source).toList(),
                List.of(),
                Compiling.processors(),
                List.of("-Xlint:all,-path,-processing,-try,-auxiliaryclass,-serial"));
    }

    private JavaFileObject source(Block block) {
        String code = block.code().text().replaceFirst("^package [\\w.]+;", "");
        String before = "package " + packageName() + "; " + IMPORTS;
        String after = "";
        if (!block.declares()) {
            before += "final class Line" + block.code().line() + " extends " + Fragment.class.getName()
                    + " { @Override protected void run() throws Exception {";
            after = "\n}}";
        }
        String sameLines = "\n".repeat(block.code().line() - 1);
        return JavaFileObjects.forSourceString(className(block), before + sameLines + code + after);
    }

    /** What a compiler said: each message once, without javac's notes and its remark on {@code -Werror}. */
    static String said(Compilation compilation) {
        return compilation.diagnostics().stream()
                .filter(said -> said.getKind() != Diagnostic.Kind.NOTE
                        && !"compiler.err.warnings.and.werror".equals(said.getCode()))
                .map(said -> said.getMessage(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining("\n"));
    }
}
