package dev.rondo.processor.tests.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.processor.tests.corpus.Jdks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Projects of other people's, built and run with what this build has packaged. */
class ProjectsIT {
    private static final Path HERE = Path.of(System.getProperty("java.home"));

    @Test
    void aPlainProject() throws IOException, InterruptedException {
        Project project = new Project("plain", HERE);
        project.build().succeeds();
        assertEquals(
                "counted 3 batches",
                project.java("com.example.plain.Main", "target/classes").counted());
    }

    @Test
    void aModule() throws IOException, InterruptedException {
        Project project = new Project("modular", HERE);
        project.build().succeeds();
        String main = "com.example.modular/com.example.modular.Main";
        assertEquals(
                "counted 3 batches", project.javaModule(main, "target/classes").counted());
    }

    /** Newer JDKs do not run a processor that is only on the class path, and say nothing. The learner does. */
    @Test
    void aProjectThatDoesNotConfigureTheProcessor() throws IOException, InterruptedException {
        Optional<Path> jdk = Jdks.home(25);
        assumeTrue(jdk.isPresent(), "no JDK 25 is installed here");
        Project project = new Project("unconfigured", jdk.get());
        project.build().succeeds();
        Project.Run run = project.java("com.example.unconfigured.Main", "target/classes");
        assertFalse(run.status() == 0, run.output());
        assertTrue(
                run.output()
                        .contains(
                                "No callback table for com.example.unconfigured.Counter. Either rondo-processor did not run when it"
                                        + " was compiled (JDK 23 and newer run it only from annotationProcessorPaths or --processor-path); or"
                                        + " it is a local or anonymous class, which no processor sees: make it a named member class; or it has"
                                        + " no method with @On."),
                run.output());
    }
}
