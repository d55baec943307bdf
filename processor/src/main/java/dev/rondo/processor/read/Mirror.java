package dev.rondo.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;

/** An annotation as the compiler sees it, with its defaults. Where the source is broken a value may be of any type. */
record Mirror(AnnotationMirror mirror, Elements elements) {
    static Optional<Mirror> find(Element element, String annotation, Elements elements) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            if (type.getQualifiedName().contentEquals(annotation)) return Optional.of(new Mirror(mirror, elements));
        }
        return Optional.empty();
    }

    /** An annotation inside another. */
    static Mirror of(AnnotationValue value, Elements elements) throws MissingTypeException {
        if (value.getValue() instanceof AnnotationMirror mirror) return new Mirror(mirror, elements);
        throw new MissingTypeException(String.valueOf(value.getValue()));
    }

    /** Whether a member is stated where the annotation is used. */
    boolean states(String member) {
        return mirror.getElementValues().keySet().stream()
                .anyMatch(m -> m.getSimpleName().contentEquals(member));
    }

    AnnotationValue value(String member) throws MissingTypeException {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                elements.getElementValuesWithDefaults(mirror).entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(member)) return entry.getValue();
        }
        Element annotation = mirror.getAnnotationType().asElement();
        boolean declared = annotation.getEnclosedElements().stream()
                .anyMatch(e -> e.getSimpleName().contentEquals(member));
        throw declared
                ? MissingTypeException.saidByTheCompiler()
                : new MissingTypeException("@" + annotation.getSimpleName() + "." + member);
    }

    /** The members of an array; a single value counts as an array of one. */
    List<AnnotationValue> values(String member) throws MissingTypeException {
        AnnotationValue value = value(member);
        return value.accept(
                new SimpleAnnotationValueVisitor14<List<AnnotationValue>, Void>(List.of(value)) {
                    @Override
                    public List<AnnotationValue> visitArray(List<? extends AnnotationValue> values, Void none) {
                        return List.copyOf(values);
                    }
                },
                null);
    }

    double number(String member) throws MissingTypeException {
        return value(member).getValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    boolean flag(String member) throws MissingTypeException {
        return Boolean.TRUE.equals(value(member).getValue());
    }

    static String string(AnnotationValue value) {
        return value.getValue() instanceof String string ? string : "";
    }

    <E extends Enum<E>> E constant(Class<E> type, String member) throws MissingTypeException {
        return constant(type, value(member));
    }

    <E extends Enum<E>> List<E> constants(Class<E> type, String member) throws MissingTypeException {
        List<E> constants = new ArrayList<>();
        for (AnnotationValue value : values(member)) constants.add(constant(type, value));
        return List.copyOf(constants);
    }

    static <E extends Enum<E>> E constant(Class<E> type, AnnotationValue value) throws MissingTypeException {
        String name = value.accept(
                new SimpleAnnotationValueVisitor14<String, Void>() {
                    @Override
                    public String visitEnumConstant(VariableElement constant, Void none) {
                        return constant.getSimpleName().toString();
                    }
                },
                null);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) return constant;
        }
        // ECJ provides the string "<error>" for a constant that does not exist, and has reported it.
        throw name == null
                ? MissingTypeException.saidByTheCompiler()
                : new MissingTypeException(type.getSimpleName() + "." + name);
    }

    static TypeMirror type(AnnotationValue value) throws MissingTypeException {
        TypeMirror type = value.accept(
                new SimpleAnnotationValueVisitor14<TypeMirror, Void>() {
                    @Override
                    public TypeMirror visitType(TypeMirror type, Void none) {
                        return type;
                    }
                },
                null);
        // javac provides the string "<error>" for a class that does not exist, and reports its name at its place.
        if (type == null) throw MissingTypeException.saidByTheCompiler();
        MissingTypes.require(type);
        return type;
    }
}
