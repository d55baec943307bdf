package dev.rondo.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.rondo.annotation.HostRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The compiler makes handlers that wait for the device acknowledge it; what they acknowledge is on their cards. */
class HostReadsTest {
    private final Set<JavaMethod> handlers = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.rondo").stream()
                    .flatMap(type -> type.getMethods().stream())
                    .filter(method -> method.isAnnotatedWith(HostRead.class))
                    .collect(Collectors.toSet());

    @Test
    void theCardsOfCallbacksThatReadSaySo() throws IOException {
        Set<String> callbacks = handlers.stream()
                .map(method -> method.getOwner().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of(
                        "CollectData",
                        "GatherPreds",
                        "LrFinder",
                        "MixedPrecision",
                        "NonFiniteLoss",
                        "ProgressCallback",
                        "TerminateOnNaN"),
                callbacks);
        String cards = Files.readString(Path.of("../docs/callbacks.md"));
        for (String callback : callbacks) {
            String card = cards.split("\n## " + callback + "\n")[1].split("\n## ")[0];
            assertTrue(card.contains("waits for the device"), callback);
        }
    }

    @Test
    void eachGivesAReason() {
        for (JavaMethod handler : handlers) {
            assertTrue(!handler.getAnnotationOfType(HostRead.class).value().isEmpty(), handler::getFullName);
        }
    }
}
