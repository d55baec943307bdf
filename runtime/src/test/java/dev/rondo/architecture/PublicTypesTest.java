package dev.rondo.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules for all public types. */
class PublicTypesTest {
    /** Packages of which a program gets no objects. */
    private static final List<String> INTERNAL = List.of(
            "dev.rondo.check",
            "dev.rondo.checkpoint.pickle",
            "dev.rondo.dispatch",
            "dev.rondo.flight",
            "dev.rondo.spi");

    /** Whoever prints an object sees no hash code, which says nothing and changes in each run. */
    @Test
    void objectsOfPublicTypesHaveATextOfTheirOwn() {
        List<String> without = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.rondo").stream()
                        .filter(PublicTypesTest::isPublicClassWithObjects)
                        .filter(type -> !hasText(type))
                        .map(JavaClass::getName)
                        .sorted()
                        .toList();
        assertEquals(List.of(), without);
    }

    private static boolean isPublicClassWithObjects(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !INTERNAL.contains(type.getPackageName())
                && !type.getPackageName().startsWith("dev.rondo.processor")
                && !isGenerated(type)
                && !type.isInterface()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && type.getMethods().stream().anyMatch(PublicTypesTest::isOfObjects);
    }

    private static boolean isGenerated(JavaClass type) {
        return type.getSimpleName().endsWith("_Callbacks")
                || type.getSimpleName().startsWith("CallbackIndex_");
    }

    private static boolean isOfObjects(JavaMethod method) {
        return !method.getModifiers().contains(JavaModifier.STATIC)
                && method.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean hasText(JavaClass type) {
        for (Optional<JavaClass> t = Optional.of(type);
                t.isPresent();
                t = t.get().getRawSuperclass()) {
            if (t.get().isEquivalentTo(Object.class)) return false;
            if (!t.get().getPackageName().startsWith("dev.rondo")) return true; // Record, Enum, Throwable
            if (t.get().tryGetMethod("toString").isPresent()) return true;
        }
        return false;
    }
}
