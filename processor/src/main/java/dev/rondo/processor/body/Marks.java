package dev.rondo.processor.body;

import dev.rondo.processor.model.TypeRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Name;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** What is known of methods: from annotations, and from the table {@code methods.txt} for those that cannot carry any. */
final class Marks {
    /** A mark of the table; its meaning stands there. */
    enum Mark {
        WAITS,
        WAITS_FOR_CPU,
        CPU,
        CPU_OF,
        OPERATOR,
        CHANGES,
        OWNS,
        HOLDS,
        PASSES,
        STORES,
        CLEARS,
        LATER,
        JOINS,
        KEEPS,
        UNTIL,
        SCOPED,
        RUNS,
        GUARDS
    }

    private record Line(Mark mark, String type, String name) {
        boolean names(String method) {
            return name.endsWith("*")
                    ? method.startsWith(name.substring(0, name.length() - 1)) && !method.equals("<init>")
                    : method.equals(name);
        }
    }

    private record Called(Element type, Name method) {}

    private static final List<Line> TABLE = read();

    private final Elements elements;
    private final TypeRules rules;
    private final Map<String, Optional<TypeElement>> types = new HashMap<>();
    private final Map<Element, Map<String, Boolean>> subclasses = new HashMap<>();
    private final Map<Called, Set<Mark>> known = new HashMap<>();
    private final Map<ExecutableElement, Set<String>> annotations = new HashMap<>();

    Marks(Elements elements, TypeRules rules) {
        this.elements = elements;
        this.rules = rules;
    }

    private static List<Line> read() {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader table = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Marks.class.getResourceAsStream("methods.txt")), StandardCharsets.UTF_8))) {
            for (String line : table.lines().toList()) {
                if (line.isEmpty() || line.startsWith("#")) continue;
                String[] words = line.split(" ");
                Mark mark = Mark.valueOf(words[0].toUpperCase(Locale.ROOT).replace('-', '_'));
                for (int i = 2; i < words.length; i++) lines.add(new Line(mark, words[1].replace('$', '.'), words[i]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(lines);
    }

    /**
     * Whether the table marks a method.
     *
     * @param receiver the type of the object; empty for a static method or a constructor
     */
    boolean has(Mark mark, ExecutableElement method, Optional<TypeMirror> receiver) {
        boolean ofObject = !method.getModifiers().contains(Modifier.STATIC);
        Element type = receiver.filter(r -> ofObject && r.getKind() == TypeKind.DECLARED)
                .map(r -> (Element) rules.element(r))
                .orElse(method.getEnclosingElement());
        return known.computeIfAbsent(new Called(type, method.getSimpleName()), this::find)
                .contains(mark);
    }

    private Set<Mark> find(Called called) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        String name = called.method.toString();
        for (Line line : TABLE) {
            if (!marks.contains(line.mark) && line.names(name) && isA(called.type, line.type)) marks.add(line.mark);
        }
        return marks;
    }

    private boolean isA(Element type, String name) {
        return subclasses.computeIfAbsent(type, t -> new HashMap<>()).computeIfAbsent(name, n -> isSubclass(type, n));
    }

    private boolean isSubclass(Element type, String name) {
        Optional<TypeElement> superclass =
                types.computeIfAbsent(name, n -> Optional.ofNullable(elements.getTypeElement(n)));
        return superclass.isPresent()
                && rules.isA(type.asType(), superclass.get().asType());
    }

    /** Whether a method carries an annotation. */
    boolean has(String annotation, ExecutableElement method) {
        return annotations.computeIfAbsent(method, Marks::annotationsOf).contains(annotation);
    }

    private static Set<String> annotationsOf(ExecutableElement method) {
        Set<String> names = new HashSet<>();
        method.getAnnotationMirrors()
                .forEach(mirror ->
                        names.add(((TypeElement) mirror.getAnnotationType().asElement())
                                .getQualifiedName()
                                .toString()));
        return names;
    }
}
