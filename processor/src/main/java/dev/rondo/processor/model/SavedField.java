package dev.rondo.processor.model;

import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** A field with {@code @Checkpointed}: of the class, or of a superclass that has no table. */
public record SavedField(VariableElement element, Form form) {
    /** How a value of a type is saved and restored. */
    public sealed interface Form {}

    /**
     * A single value.
     *
     * @param type the class as which it is read; the box of a primitive
     * @param tensor whether it owns native memory
     */
    public record Single(TypeMirror type, boolean primitive, boolean tensor) implements Form {}

    /** A {@code List}; restored in place where the field is final. */
    public record ListOf(Single element) implements Form {}

    /** A {@code Map}; restored in place where the field is final. */
    public record MapOf(Single key, Single value) implements Form {}

    /** An object that saves itself, a {@code CallbackState}; restored in place. */
    public record Self() implements Form {}

    /** A type that cannot be saved. */
    public record Unsupported() implements Form {}

    public String name() {
        return element.getSimpleName().toString();
    }

    public TypeElement owner() {
        return (TypeElement) element.getEnclosingElement();
    }

    public boolean is(Modifier modifier) {
        Set<Modifier> modifiers = element.getModifiers();
        return modifiers.contains(modifier);
    }

    /** Whether a restored value replaces the object in the field, instead of its contents. */
    public boolean assigned() {
        return !is(Modifier.FINAL) && !(form instanceof Self);
    }

    /** Whether replaced values must be closed. */
    public boolean ownsTensors() {
        return form instanceof Single s && s.tensor()
                || form instanceof ListOf l && l.element().tensor()
                || form instanceof MapOf m && m.value().tensor();
    }
}
