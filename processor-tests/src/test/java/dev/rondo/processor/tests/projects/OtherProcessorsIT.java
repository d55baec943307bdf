package dev.rondo.processor.tests.projects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The processor beside others in one compilation, and in Kotlin's. */
class OtherProcessorsIT {
    private static final Path HERE = Path.of(System.getProperty("java.home"));

    @Test
    void lombokAndMapStruct() throws IOException, InterruptedException {
        Project project = new Project("lombok", HERE);
        project.build().succeeds();
        Project.Run run = project.java(
                "com.example.lombok.Main", "target/classes", Repository.jar("org.mapstruct", "mapstruct", "1.6.3"));
        assertEquals("counted 3 batches", run.counted());
    }

    @Test
    void kotlin() throws IOException, InterruptedException {
        Project project = new Project("kotlin", HERE);
        project.build().succeeds();
        Project.Run run = project.java(
                "com.example.kotlin.MainKt",
                "target/classes",
                Repository.jar("org.jetbrains.kotlin", "kotlin-stdlib", "2.2.20"));
        assertEquals("counted 3 batches", run.counted());

        project.replace("src/main/kotlin/com/example/kotlin/Counter.kt", "trainIter: Int", "trainItre: Int");
        Project.Run rejected = project.build();
        assertNotEquals(0, rejected.status());
        String message = "Counter.kt:15: error: [rondo:unknown-attribute] The learner has no attribute 'trainItre'.";
        assertTrue(rejected.output().contains(message), rejected.output());
    }
}
