package dev.rondo.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.rondo.Learner;
import dev.rondo.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The allowed dependencies between the packages of the annotations and the runtime. A test compares this table with the one in
 * CONTRIBUTING.md: change both.
 */
class PackagesTest {
    /** A package and the packages that it may depend on; ROOT is {@code dev.rondo} itself. */
    private static final Map<String, Set<String>> ALLOWED = new LinkedHashMap<>();

    private static final String ROOT = "dev.rondo";

    /** Internal packages, which modules do not export. */
    private static final Set<String> INTERNAL = Set.of("check", "checkpoint.pickle", "dispatch", "flight");

    static {
        allow("event");
        allow("annotation", "event");
        allow("spi", "event");
        allow("dispatch", "spi", "event");
        allow("flight", "dispatch", "event");
        allow("profile");
        allow("check");
        allow("torch", "annotation");
        allow("nn", "torch");
        allow("data", "check", "torch");
        allow("loss", "check", "torch");
        allow("metric", "annotation", "check", "torch");
        allow("optim", "check", "nn", "torch");
        allow("schedule", "check");
        allow("checkpoint.pickle");
        allow("checkpoint", "check", "checkpoint.pickle", "nn", "torch");
        allow(
                ROOT,
                "annotation",
                "event",
                "spi",
                "dispatch",
                "flight",
                "check",
                "torch",
                "nn",
                "data",
                "loss",
                "metric",
                "optim",
                "schedule",
                "checkpoint");
        allow(
                "callback",
                ROOT,
                "annotation",
                "event",
                "spi",
                "check",
                "torch",
                "nn",
                "data",
                "loss",
                "metric",
                "optim",
                "checkpoint");
    }

    private static void allow(String from, String... to) {
        ALLOWED.put(from, Set.of(to));
    }

    private final JavaClasses classes =
            new ClassFileImporter().importUrls(List.of(url(Learner.class, ""), url(Event.class, "")));

    /** A file in the module of a class, which is a directory or a jar; the empty name is the root. */
    private static URL url(Class<?> member, String file) {
        URL location = member.getProtectionDomain().getCodeSource().getLocation();
        try {
            return location.getPath().endsWith("/")
                    ? new URL(location, file)
                    : new URL("jar:" + location + "!/" + file);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? ROOT : name.substring(ROOT.length() + 1);
    }

    /** The generated callback index refers to the tables of all packages. */
    private static boolean isIndex(JavaClass type) {
        return type.getSimpleName().startsWith("CallbackIndex_");
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> there = classes.stream().map(PackagesTest::room).collect(Collectors.toSet());
        assertEquals(new TreeSet<>(ALLOWED.keySet()), new TreeSet<>(there));
    }

    /** Table and code agree in both directions: each dependency is allowed, and each allowed dependency exists. */
    @Test
    void arrowsAreThoseOfTheTable() {
        Map<String, Set<String>> drawn = new TreeMap<>();
        ALLOWED.keySet().forEach(room -> drawn.put(room, new TreeSet<>()));
        for (JavaClass type : classes) {
            if (isIndex(type)) continue;
            for (Dependency d : type.getDirectDependenciesFromSelf()) {
                JavaClass target = d.getTargetClass().getBaseComponentType();
                if (!target.getPackageName().startsWith(ROOT) || room(target).equals(room(type))) continue;
                assertTrue(
                        ALLOWED.get(room(type)).contains(room(target)),
                        () -> "The package " + room(type) + " must not depend on " + room(target) + ": "
                                + d.getDescription());
                drawn.get(room(type)).add(room(target));
            }
        }
        assertEquals(sorted(ALLOWED), sorted(drawn));
    }

    private static String sorted(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> sorted = new TreeMap<>();
        arrows.forEach((from, to) -> sorted.put(from, new TreeSet<>(to)));
        return sorted.toString();
    }

    @Test
    void noPackagesFormACycle() {
        SliceAssignment byPackage = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                boolean ours = type.getPackageName().startsWith(ROOT) && !isIndex(type);
                return ours ? SliceIdentifier.of(room(type)) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the packages of " + ROOT;
            }
        };
        slices().assignedFrom(byPackage).should().beFreeOfCycles().check(classes);
    }

    @Test
    void modulesExportWhatUsersNeedAndNothingElse() throws IOException {
        Set<String> exported = new TreeSet<>();
        for (Class<?> member : List.of(Learner.class, Event.class)) exported.addAll(exports(member));
        Set<String> expected = new TreeSet<>(ALLOWED.keySet());
        expected.removeAll(INTERNAL);
        assertEquals(expected, exported);
    }

    private static Set<String> exports(Class<?> member) throws IOException {
        try (InputStream in = url(member, "module-info.class").openStream()) {
            return ModuleDescriptor.read(in).exports().stream()
                    .map(ModuleDescriptor.Exports::source)
                    .map(name -> name.equals(ROOT) ? ROOT : name.substring(ROOT.length() + 1))
                    .collect(Collectors.toSet());
        }
    }

    /** The rows of CONTRIBUTING.md: {@code | folder | `dev.rondo.spi` | what it holds | event |}. */
    @Test
    void contributingHasTheSameTable() throws IOException {
        Map<String, Set<String>> written = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "CONTRIBUTING.md"))) {
            String[] cells = Arrays.stream(line.split("\\|")).map(String::trim).toArray(String[]::new);
            if (cells.length < 5 || !cells[2].matches("`dev\\.rondo[a-z.]*`")) continue;
            String name = cells[2].replace("`", "").replaceFirst("^dev\\.rondo\\.", "");
            if (!ALLOWED.containsKey(name)) continue; // of another module
            written.put(name, names(cells[4]));
        }
        assertEquals(sorted(ALLOWED), sorted(written));
    }

    private static Set<String> names(String cell) {
        return Arrays.stream(cell.split(","))
                .map(String::trim)
                .map(name -> name.replace("`", ""))
                .filter(name -> !name.isEmpty() && !name.equals("–"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
