package dev.rondo.processor.tests.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One program in the forms in which programs are shipped. Its callback inherits a handler from another jar. */
class ShippedIT {
    private static final String SAID = "counted 3 batches, the last was 2, in 1 epoch";

    private static Project project;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        project = new Project("inherited", Path.of(System.getProperty("java.home")));
        project.build().succeeds();
    }

    @Test
    void jarsOnTheClassPath() throws IOException, InterruptedException {
        String[] jars = {"application/target/application-1.jar", "library/target/library-1.jar"};
        assertEquals(SAID, project.java("com.example.application.Main", jars).counted());
    }

    @Test
    void anUberJar() throws IOException, InterruptedException {
        assertEquals(
                SAID,
                project.javaJar("application/target/application-1-uber.jar").counted());
    }

    @Test
    void aNestedJarOfSpringBoot() throws IOException, InterruptedException {
        assertEquals(
                SAID,
                project.javaJar("application/target/application-1-boot.jar").counted());
    }

    @Test
    void theSessionOfJShellInTheGuide() throws IOException, InterruptedException {
        String page = Files.readString(Path.of("../docs/guide/build.md"));
        String start = "```jshell\n";
        String session = page.substring(page.indexOf(start) + start.length());
        Project.Run run = project.jshell(session.substring(0, session.indexOf("```")));
        List<String> steps = run.succeeds()
                .output()
                .lines()
                .filter(line -> line.startsWith("step "))
                .toList();
        assertEquals(4, steps.size(), run.output());
    }
}
