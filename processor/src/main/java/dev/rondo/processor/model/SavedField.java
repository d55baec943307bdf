package dev.rondo.processor.model;

import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** A field with {@code @Checkpointed}: of the class, or of a superclass that has no table. */
public record SavedField(VariableElement element, StateForm form) {
    public String name() {
        return element.getSimpleName().toString();
    }

    public TypeElement owner() {
        return (TypeElement) element.getEnclosingElement();
    }

    public boolean is(Modifier modifier) {
        return element.getModifiers().contains(modifier);
    }

    /** Whether the contents of the object in the field are replaced, so that the field may be final. */
    public boolean inPlace() {
        return form instanceof StateForm.Self
                || is(Modifier.FINAL) && (form instanceof StateForm.CollectionOf || form instanceof StateForm.MapOf);
    }
}
