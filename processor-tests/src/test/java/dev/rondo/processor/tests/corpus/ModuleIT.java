package dev.rondo.processor.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.Learner;
import dev.rondo.event.Event;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import me.tongfei.progressbar.ProgressBar;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

/** Callbacks in a module: its declaration must name the index, which keeps its name whatever callbacks there are. */
class ModuleIT {
    private static final String PROVIDES = "provides dev.rondo.spi.CallbackIndex with p.CallbackIndex_64a29df5;";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = "ECJ") // it overlooks the versioned module-info in bytedeco's jars
    void aModuleProvidesItsIndex(TestedCompiler compiler) throws IOException {
        Job missing = module("missing", "").file("p/Foo.java", callback("Foo", " // ! module-provides"));
        Job suppressed = module("suppressed", "")
                .file(
                        "p/Foo.java",
                        callback("Foo", "").replace("class", "@SuppressWarnings(\"rondo:module-provides\") class"));
        Job one = module("one", PROVIDES).file("p/Foo.java", callback("Foo", ""));
        Job two = module("two", PROVIDES)
                .file("p/Foo.java", callback("Foo", ""))
                .file("q/Bar.java", callback("Bar", "").replace("package p;", "package q;"));
        Job none = module("none", "").file("p/Foo.java", "package p; class Foo {}");
        List<Job> jobs = List.of(missing, suppressed, one, two, none);
        List<TestedCompiler.Result> results = compiler.compile(folder, jobs.toArray(Job[]::new));
        for (int i = 0; i < jobs.size(); i++) assertEquals("", results.get(i).difference(jobs.get(i)));
        String message = results.get(0).messages().get(0).text();
        assertTrue(message.endsWith("Add to module-info.java: " + PROVIDES), message);
    }

    private static String callback(String name, String marker) {
        return "package p; class " + name + " {" + marker + "\n"
                + "@dev.rondo.annotation.On(dev.rondo.event.Event.AFTER_FIT) void end() {} }";
    }

    private Job module(String name, String directives) throws IOException {
        String requires = "requires dev.rondo; requires dev.rondo.annotations; requires org.bytedeco.pytorch; ";
        return new Job(name)
                .modulePath(modulePath(folder))
                .file("module-info.java", "module a.module { " + requires + directives + " }");
    }

    /** The runtime and what it needs, as modules. */
    static String modulePath(Path folder) throws IOException {
        Stream<Path> libraries = Stream.of(
                        Tensor.class,
                        Pointer.class,
                        openblas_nolapack.class,
                        Logger.class,
                        JSON.class,
                        JsonFactory.class,
                        ProgressBar.class,
                        Terminal.class,
                        Nullable.class)
                .map(ModuleIT::location);
        return Stream.concat(
                        Stream.of(
                                jar(folder, "dev.rondo", Learner.class),
                                jar(folder, "dev.rondo.annotations", Event.class)),
                        libraries)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** The jar of a module; a folder of classes is packed. */
    private static Path jar(Path folder, String module, Class<?> member) throws IOException {
        Path classes = location(member);
        if (Files.isRegularFile(classes)) return classes;
        Path jar = folder.resolve(module + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
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
