package dev.rondo.processor.read;

import dev.rondo.event.Event;
import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.AttributeDeclaration;
import dev.rondo.processor.model.LearnerType;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the attributes of a learner: the accessors with {@code @Attribute} that it declares or inherits. */
final class LearnerReader {
    private final Elements elements;
    private final TypeRules rules;
    /** What has been read in this round: all callbacks of a package see a learner alike. */
    private final Map<Seen, LearnerType> read = new HashMap<>();

    private record Seen(TypeElement learner, PackageElement from) {}

    LearnerReader(Elements elements, TypeRules rules) {
        this.elements = elements;
        this.rules = rules;
    }

    /** The learner of callbacks that name none. */
    TypeElement standard() throws MissingTypeException {
        TypeElement learner = elements.getTypeElement(RondoNames.LEARNER);
        if (learner == null) throw new MissingTypeException(RondoNames.LEARNER);
        return learner;
    }

    /** Forgets what it has read: in another round a learner may have more attributes. */
    void beginRound() {
        read.clear();
    }

    /** The attributes that generated code in the package of {@code user} can read. */
    LearnerType read(TypeElement learner, Element user) throws MissingTypeException {
        Seen seen = new Seen(learner, elements.getPackageOf(user));
        LearnerType type = read.get(seen);
        if (type == null) read.put(seen, type = attributes(learner, user));
        return type;
    }

    private LearnerType attributes(TypeElement learner, Element user) throws MissingTypeException {
        SortedMap<String, Attribute> attributes = new TreeMap<>();
        for (TypeElement type : rules.supertypes(learner)) {
            MissingTypes.require(type.getSuperclass());
            for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
                Optional<Mirror> mirror = Mirror.find(method, RondoNames.ATTRIBUTE, elements);
                if (mirror.isPresent() && method.getParameters().isEmpty() && usable(method, user)) {
                    Attribute attribute = attribute(learner, method, mirror.get(), user);
                    attributes.putIfAbsent(attribute.name(), attribute);
                }
            }
        }
        return new LearnerType(learner, attributes);
    }

    AttributeDeclaration declaration(ExecutableElement method) throws MissingTypeException {
        Mirror mirror = Mirror.find(method, RondoNames.ATTRIBUTE, elements).orElseThrow();
        return new AttributeDeclaration(
                method,
                mirror.mirror(),
                mirror.constant(Event.class, "from"),
                mirror.constant(Event.class, "until"),
                mirror.flag("writable"),
                !mirror.values("owners").isEmpty());
    }

    private Attribute attribute(TypeElement learner, ExecutableElement accessor, Mirror mirror, Element user)
            throws MissingTypeException {
        MissingTypes.require(accessor.getReturnType());
        TypeMirror type = rules.methodType(learner, accessor).getReturnType();
        List<TypeMirror> owners = new ArrayList<>();
        for (AnnotationValue owner : mirror.values("owners")) owners.add(Mirror.type(owner));
        return new Attribute(
                accessor.getSimpleName().toString(),
                type,
                mirror.constant(Event.class, "from"),
                mirror.constant(Event.class, "until"),
                mirror.flag("writable"),
                owners,
                accessor,
                setter(learner, accessor.getSimpleName().toString(), type, user));
    }

    /** Among methods of the setter's name, the first that takes what the accessor returns; else the first. */
    private Optional<Attribute.Setter> setter(TypeElement learner, String attribute, TypeMirror type, Element user) {
        String name = Attribute.setterOf(attribute);
        List<Attribute.Setter> setters = new ArrayList<>();
        for (TypeElement declaring : rules.supertypes(learner)) {
            for (ExecutableElement method : ElementFilter.methodsIn(declaring.getEnclosedElements())) {
                if (method.getSimpleName().contentEquals(name)
                        && method.getParameters().size() == 1
                        && usable(method, user)) {
                    TypeMirror taken = rules.methodType(learner, method)
                            .getParameterTypes()
                            .get(0);
                    setters.add(new Attribute.Setter(method, taken));
                }
            }
        }
        return setters.stream()
                .filter(setter -> rules.fits(type, setter.type()))
                .findFirst()
                .or(() -> setters.stream().findFirst());
    }

    /** Whether generated code in the package of {@code user} can call it on a learner, as it stands. */
    private boolean usable(ExecutableElement method, Element user) {
        Set<Modifier> modifiers = method.getModifiers();
        boolean visible = modifiers.contains(Modifier.PUBLIC)
                || !modifiers.contains(Modifier.PRIVATE)
                        && elements.getPackageOf(method).equals(elements.getPackageOf(user));
        boolean accessor =
                !method.getParameters().isEmpty() || method.getReturnType().getKind() != TypeKind.VOID;
        return visible
                && accessor
                && !modifiers.contains(Modifier.STATIC)
                && method.getTypeParameters().isEmpty()
                && method.getThrownTypes().stream().allMatch(rules::mayLeaveHandler);
    }
}
