package dev.rondo.processor.read;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.SavedState;
import dev.rondo.processor.model.StateForm;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Decides how the fields of one class are saved, by their types, and collects the records among them. */
final class StateFormReader {
    private static final String ANYTHING_ELSE = "Save what it is made of";
    private static final String SORTED = "Make the field final, so that it keeps its comparator";

    /** The types that are saved as text, and what reads the text. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("java.time.Instant", "parse"),
            Map.entry("java.time.Duration", "parse"),
            Map.entry("java.time.Period", "parse"),
            Map.entry("java.time.LocalDate", "parse"),
            Map.entry("java.time.LocalTime", "parse"),
            Map.entry("java.time.LocalDateTime", "parse"),
            Map.entry("java.time.OffsetDateTime", "parse"),
            Map.entry("java.time.ZonedDateTime", "parse"),
            Map.entry("java.time.ZoneId", "of"),
            Map.entry("java.math.BigInteger", "new"),
            Map.entry("java.math.BigDecimal", "new"),
            Map.entry("java.util.UUID", "fromString"),
            Map.entry("java.net.URI", "create"),
            Map.entry("java.nio.file.Path", "of"));

    private static final Map<String, String> OPTIONALS = Map.of(
            "java.util.OptionalInt", "OPTIONAL_INT",
            "java.util.OptionalLong", "OPTIONAL_LONG",
            "java.util.OptionalDouble", "OPTIONAL_DOUBLE");

    /** The containers of {@code java.util}, and the classes of restored ones. */
    private static final Map<String, String> COLLECTIONS = Map.ofEntries(
            Map.entry("Collection", "ArrayList"),
            Map.entry("List", "ArrayList"),
            Map.entry("ArrayList", "ArrayList"),
            Map.entry("LinkedList", "LinkedList"),
            Map.entry("Set", "LinkedHashSet"),
            Map.entry("HashSet", "HashSet"),
            Map.entry("LinkedHashSet", "LinkedHashSet"),
            Map.entry("EnumSet", "EnumSet"),
            Map.entry("Queue", "ArrayDeque"),
            Map.entry("Deque", "ArrayDeque"),
            Map.entry("ArrayDeque", "ArrayDeque"));

    private static final Map<String, String> MAPS = Map.of(
            "Map", "LinkedHashMap",
            "HashMap", "HashMap",
            "LinkedHashMap", "LinkedHashMap",
            "EnumMap", "EnumMap");

    /** They may have a comparator, which a state cannot hold, so they are restored in place. */
    private static final Map<String, String> SORTED_COLLECTIONS = Map.of(
            "SortedSet", "ArrayList",
            "NavigableSet", "ArrayList",
            "TreeSet", "ArrayList",
            "PriorityQueue", "ArrayList");

    private static final Map<String, String> SORTED_MAPS =
            Map.of("SortedMap", "LinkedHashMap", "NavigableMap", "LinkedHashMap", "TreeMap", "LinkedHashMap");

    private final TypeRules rules;
    private final Map<String, StateForm> recordForms = new LinkedHashMap<>();
    private final List<SavedState.SavedRecord> records = new ArrayList<>();

    StateFormReader(TypeRules rules) {
        this.rules = rules;
    }

    /** The records among what has been read. */
    List<SavedState.SavedRecord> records() {
        return records;
    }

    /** @param inPlace whether the contents of the field's object are replaced, and not the object */
    StateForm read(TypeMirror type, boolean inPlace) throws MissingTypeException {
        if (type.getKind().isPrimitive()) return scalar(type, rules.boxed(type), true);
        if (type instanceof ArrayType array) return array(array);
        if (type.getKind() != TypeKind.DECLARED) return new StateForm.Unsupported(type, "State the type");
        TypeElement element = rules.element(type);
        String name = element.getQualifiedName().toString();
        if (name.equals(RondoNames.TENSOR)) return new StateForm.Handle(type);
        if (name.equals(String.class.getName()) || rules.isBox(type)) return scalar(type, type, false);
        if (OPTIONALS.containsKey(name)) return new StateForm.Scalar(type, OPTIONALS.get(name), false);
        if (TEXTS.containsKey(name)) return new StateForm.Text(type, TEXTS.get(name));
        if (element.getKind() == ElementKind.ENUM) return new StateForm.Constant(type);
        if (rules.isA(type, RondoNames.CALLBACK_STATE)) return new StateForm.Self(type);
        DeclaredType declared = (DeclaredType) type;
        if (declared.getTypeArguments().size() < element.getTypeParameters().size()) {
            return new StateForm.Unsupported(type, "State its type arguments");
        }
        if (element.getKind() == ElementKind.RECORD) return ofRecord(declared, element);
        return container(declared, name, inPlace);
    }

    private StateForm inside(TypeMirror type) throws MissingTypeException {
        StateForm form = read(type, false);
        return form instanceof StateForm.Self ? unsupported(type) : form;
    }

    private static StateForm scalar(TypeMirror type, TypeMirror box, boolean primitive) {
        String name = ((DeclaredType) box).asElement().getSimpleName().toString();
        return new StateForm.Scalar(type, name.toUpperCase(Locale.ROOT), primitive);
    }

    private StateForm array(ArrayType array) throws MissingTypeException {
        TypeMirror component = array.getComponentType();
        if (component instanceof DeclaredType d && !d.getTypeArguments().isEmpty()) {
            return new StateForm.Unsupported(array, "Use a List");
        }
        return new StateForm.ArrayOf(array, inside(component));
    }

    private StateForm container(DeclaredType type, String name, boolean inPlace) throws MissingTypeException {
        List<? extends TypeMirror> arguments = type.getTypeArguments();
        String simple = name.replaceFirst("^java\\.util\\.", "");
        if (simple.equals("Optional")) {
            return new StateForm.OptionalOf(type, arguments.get(0), inside(arguments.get(0)));
        }
        boolean sorted = SORTED_COLLECTIONS.containsKey(simple) || SORTED_MAPS.containsKey(simple);
        if (sorted && !inPlace) return new StateForm.Unsupported(type, SORTED);
        String collection = COLLECTIONS.getOrDefault(simple, SORTED_COLLECTIONS.get(simple));
        String map = MAPS.getOrDefault(simple, SORTED_MAPS.get(simple));
        if (collection != null) {
            TypeMirror element = arguments.get(0);
            return new StateForm.CollectionOf(type, ClassName.get("java.util", collection), element, inside(element));
        }
        if (map == null) return unsupported(type);
        TypeMirror key = arguments.get(0), value = arguments.get(1);
        StateForm keyForm = inside(key);
        if (!isText(keyForm)) {
            return new StateForm.Unsupported(type, "Use keys that are strings, numbers or enum constants");
        }
        return new StateForm.MapOf(type, ClassName.get("java.util", map), key, value, keyForm, inside(value));
    }

    /** Whether values can be keys of a map, which are saved as text. */
    private static boolean isText(StateForm form) {
        return form instanceof StateForm.Text
                || form instanceof StateForm.Constant
                || form instanceof StateForm.Scalar s && !s.constant().startsWith("OPTIONAL");
    }

    /** A record may contain itself, so it is known before its components are read. */
    private StateForm ofRecord(DeclaredType type, TypeElement element) throws MissingTypeException {
        String name = TypeName.get(type).toString();
        StateForm known = recordForms.get(name);
        if (known != null) return known;
        StateForm form = new StateForm.RecordOf(type, records.size());
        recordForms.put(name, form);
        List<SavedState.Component> components = new ArrayList<>();
        int number = records.size();
        records.add(new SavedState.SavedRecord(type, components));
        for (RecordComponentElement component : element.getRecordComponents()) {
            ExecutableElement accessor = component.getAccessor();
            TypeMirror componentType = rules.memberType(type, component);
            MissingTypes.require(componentType);
            components.add(new SavedState.Component(accessor, inside(componentType)));
        }
        records.set(number, new SavedState.SavedRecord(type, List.copyOf(components)));
        return form;
    }

    private static StateForm unsupported(TypeMirror type) {
        boolean random = TypeRules.display(type).endsWith("Random");
        return new StateForm.Unsupported(type, random ? "Save its seed" : ANYTHING_ELSE);
    }
}
