package dev.rondo.processor.body;

import dev.rondo.event.Event;
import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.LearnerType;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The accessors and setters of learners, and what holds tensors. */
final class LearnerApi {
    private static final String NATIVE_PACKAGE = "org.bytedeco.pytorch";

    private final TypeRules rules;
    /** By identity: a reader returns one object for what it has read. */
    private final Set<LearnerType> known = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<ExecutableElement, Attribute> accessors = new HashMap<>();
    private final Map<ExecutableElement, Attribute> setters = new HashMap<>();
    private final Map<String, Boolean> holders = new HashMap<>();

    LearnerApi(TypeRules rules) {
        this.rules = rules;
    }

    void know(LearnerType learner) {
        if (!known.add(learner)) return;
        for (Attribute attribute : learner.attributes().values()) {
            accessors.putIfAbsent(attribute.accessor(), attribute);
            attribute.setter().ifPresent(setter -> setters.putIfAbsent(setter.method(), attribute));
        }
    }

    Optional<Attribute> read(ExecutableElement method) {
        return Optional.ofNullable(accessors.get(method));
    }

    Optional<Attribute> written(ExecutableElement method) {
        return Optional.ofNullable(setters.get(method));
    }

    boolean isLearner(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED && rules.isA(type, RondoNames.LEARNER);
    }

    /** Whether the value of an attribute is freed when the batch ends. */
    boolean diesWithBatch(Attribute attribute) {
        return attribute.from().compareTo(Event.BEFORE_BATCH) >= 0
                && attribute.until().compareTo(Event.AFTER_BATCH) <= 0
                && holdsTensors(attribute.type());
    }

    /** Whether a value of this type is a tensor, or holds some: {@code Tensor[]}, {@code List<Tensor>}, a record with one. */
    boolean holdsTensors(TypeMirror type) {
        if (type instanceof ArrayType array) return holdsTensors(array.getComponentType());
        if (!(type instanceof DeclaredType declared)) return false;
        TypeElement element = (TypeElement) declared.asElement();
        return holders.computeIfAbsent(element.toString(), e -> false) // of a record that holds itself
                || declared.getTypeArguments().stream().anyMatch(this::holdsTensors)
                || isNative(element)
                || element.getKind() == ElementKind.RECORD && recordHolds(element);
    }

    private boolean recordHolds(TypeElement element) {
        boolean holds = element.getRecordComponents().stream().anyMatch(c -> holdsTensors(c.asType()));
        holders.put(element.toString(), holds);
        return holds;
    }

    /** A tensor, a vector of them, or a tuple. */
    private static boolean isNative(TypeElement type) {
        String name = type.getSimpleName().toString();
        return name.contains("Tensor") && !name.equals("TensorOptions") && TypeRules.inPackage(type, NATIVE_PACKAGE);
    }
}
