package dev.rondo.processor.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All compilers say the same of all files, on the same lines; only javac says something of what is in {@code bodies}. */
class CorpusIT {
    private static final Path CORPUS = Path.of("src/test/corpus");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theCorpusGivesWhatItsMarkersSay(TestedCompiler compiler) throws IOException {
        Job invalid = job("invalid", "invalid");
        Job valid = job("valid", "valid");
        Job bodies = job("bodies", "bodies").silentUnless(compiler.isJavac());
        Job bodiesOff =
                job("bodies-off", "bodies").options("-Arondo.bodies=off").silentUnless(false);
        List<TestedCompiler.Result> results = compiler.compile(folder, invalid, valid, bodies, bodiesOff);
        assertEquals("", results.get(0).difference(invalid));
        assertEquals("", results.get(1).difference(valid));
        assertEquals("", results.get(2).difference(bodies));
        assertEquals("", results.get(3).difference(bodiesOff));
    }

    /** What Java has from 21 on. The plugin is compiled for Java 17, and sees it all the same. */
    @Test
    void patternsOfJava21() throws IOException {
        Job job = job("java21", "java21").options("--release", "21");
        assertEquals("", TestedCompiler.JAVAC_25.compile(folder, job).get(0).difference(job));
    }

    private static Job job(String name, String source) throws IOException {
        Job job = new Job(name);
        Path root = CORPUS.resolve(source);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                job.file(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return job;
    }
}
