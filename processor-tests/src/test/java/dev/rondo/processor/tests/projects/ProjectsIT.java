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
        succeeds(project.build());
        assertEquals("counted 3 batches\n", succeeds(project.java("com.example.plain.Main", "target/classes")));
    }

    @Test
    void aModule() throws IOException, InterruptedException {
        Project project = new Project("modular", HERE);
        succeeds(project.build());
        String main = "com.example.modular/com.example.modular.Main";
        assertEquals("counted 3 batches\n", succeeds(project.javaModule(main, "target/classes")));
    }

    @Test
    void aClassThatInheritsFromAnotherArtifact() throws IOException, InterruptedException {
        Project project = new Project("inherited", HERE);
        succeeds(project.build());
        String[] jars = {"application/target/application-1.jar", "library/target/library-1.jar"};
        assertEquals(
                "counted 3 batches, the last was 2, in 1 epoch\n",
                succeeds(project.java("com.example.application.Main", jars)));
    }

    /** Newer JDKs do not run a processor that is only on the class path, and say nothing. The learner does. */
    @Test
    void aProjectThatDoesNotConfigureTheProcessor() throws IOException, InterruptedException {
        Optional<Path> jdk = Jdks.home(25);
        assumeTrue(jdk.isPresent(), "no JDK 25 is installed here");
        Project project = new Project("unconfigured", jdk.get());
        succeeds(project.build());
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

    private static String succeeds(Project.Run run) {
        assertEquals(0, run.status(), run.output());
        return run.output()
                        .lines()
                        .filter(line -> line.startsWith("counted"))
                        .findFirst()
                        .orElse("") + "\n";
    }
}
