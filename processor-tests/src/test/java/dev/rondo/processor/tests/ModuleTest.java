package dev.rondo.processor.tests;

import static com.google.testing.compile.Compiler.javac;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.rondo.Learner;
import dev.rondo.event.Event;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks in a module: its declaration must name the index, which keeps its name whatever callbacks there are. */
class ModuleTest {
    private static final String FOO = "class Foo { @On(Event.AFTER_FIT) void h() {} }";
    private static final JavaFileObject BAR = Sources.of("class Bar { @On(Event.AFTER_FIT) void h() {} }");
    private static final String INDEX = "p.CallbackIndex_45d61b61";
    private static final String PROVIDES = "provides dev.rondo.spi.CallbackIndex with " + INDEX + ";";

    @TempDir
    private static Path folder;

    private static String modulePath;

    @BeforeAll
    static void packsTheRuntimeAsModules() throws IOException {
        List<Path> path = new ArrayList<>();
        path.add(jar("dev.rondo", Learner.class));
        path.add(jar("dev.rondo.annotations", Event.class));
        path.add(location(Tensor.class));
        path.add(location(Pointer.class));
        path.add(location(openblas_nolapack.class));
        modulePath = path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void aModuleThatDoesNotProvideItsIndex() {
        Rejecting.says(
                compile("", Sources.of(FOO), BAR),
                Diagnostic.Kind.ERROR,
                "module-provides",
                "Module 'a.module' does not provide its index of callbacks, so no learner finds them. Add to module-info.java: "
                        + PROVIDES,
                "package p; " + Sources.IMPORTS + " ^" + FOO);
    }

    @Test
    void aModuleThatProvidesItsIndexKeepsTheLineWhateverCallbacksItHas() {
        Compiling.clean(compile(PROVIDES, Sources.of(FOO)));
        Compilation compilation = Compiling.clean(compile(PROVIDES, Sources.of(FOO), BAR));
        // For the class path, where the module may be used as a plain jar.
        assertEquals(INDEX + "\n", Compiling.generated(compilation, "META-INF/services/dev.rondo.spi.CallbackIndex"));
    }

    @Test
    void aModuleWithoutCallbacksHasNothingToProvide() {
        Compiling.clean(compile("", Sources.of("class Plain {}")));
    }

    @Test
    void aCheckThatIsSuppressed() {
        Compiling.clean(compile("", Sources.of("@SuppressWarnings(\"rondo:module-provides\") " + FOO)));
    }

    private static Compilation compile(String directives, JavaFileObject... files) {
        List<JavaFileObject> sources = new ArrayList<>(List.of(files));
        String requires = "requires dev.rondo; requires dev.rondo.annotations; requires org.bytedeco.pytorch; ";
        sources.add(
                JavaFileObjects.forSourceString("module-info", "module a.module { " + requires + directives + " }"));
        return javac().withProcessors(Compiling.processors())
                .withClasspath(List.of())
                .withOptions("-Werror", "-Xlint:all,-processing,-requires-automatic", "--module-path", modulePath)
                .compile(sources);
    }

    private static Path location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** A folder of classes is no automatic module, so it is packed. */
    private static Path jar(String module, Class<?> member) throws IOException {
        Path classes = location(member);
        if (Files.isRegularFile(classes)) return classes;
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Automatic-Module-Name"), module);
        Path jar = folder.resolve(module + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
            }
        }
        return jar;
    }
}
