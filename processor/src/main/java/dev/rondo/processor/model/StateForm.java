package dev.rondo.processor.model;

import com.squareup.javapoet.ClassName;
import java.util.List;
import javax.lang.model.type.TypeMirror;

/** How the values of a type are saved and restored: what generated code composes of {@code dev.rondo.spi.StateType}. */
public sealed interface StateForm {
    /** A constant of {@code StateType}: {@code DOUBLE}, or, for a primitive, {@code DOUBLE.required()}. */
    record Scalar(TypeMirror type, String constant, boolean primitive) implements StateForm {}

    /** A type with text that one of its methods, or {@code new}, understands. */
    record Text(TypeMirror type, String parser) implements StateForm {}

    /** An enum. */
    record Constant(TypeMirror type) implements StateForm {}

    /** A tensor. */
    record Handle(TypeMirror type) implements StateForm {}

    record ArrayOf(TypeMirror type, StateForm element) implements StateForm {}

    /** @param created the class of a restored one */
    record CollectionOf(TypeMirror type, ClassName created, TypeMirror elementType, StateForm element)
            implements StateForm {}

    /** @param created the class of a restored one */
    record MapOf(
            TypeMirror type,
            ClassName created,
            TypeMirror keyType,
            TypeMirror valueType,
            StateForm key,
            StateForm value)
            implements StateForm {}

    record OptionalOf(TypeMirror type, TypeMirror valueType, StateForm value) implements StateForm {}

    /** A record, one of {@link SavedState#records} by its number. */
    record RecordOf(TypeMirror type, int number) implements StateForm {}

    /** An object that saves itself, a {@code CallbackState}. */
    record Self(TypeMirror type) implements StateForm {}

    /** A type that cannot be saved, and the way out. */
    record Unsupported(TypeMirror type, String way) implements StateForm {}

    TypeMirror type();

    /** The forms of the values inside; those of a record are in {@link SavedState}. */
    default List<StateForm> parts() {
        if (this instanceof ArrayOf array) return List.of(array.element());
        if (this instanceof CollectionOf collection) return List.of(collection.element());
        if (this instanceof MapOf map) return List.of(map.key(), map.value());
        if (this instanceof OptionalOf optional) return List.of(optional.value());
        return List.of();
    }
}
