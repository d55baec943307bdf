package dev.rondo.processor.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.DeclaredType;

/**
 * The state that the table of a class saves.
 *
 * @param records the records among the values of the fields; a record may contain itself
 * @param unsaved the names of the fields that may change and are not saved
 */
public record SavedState(List<SavedField> fields, List<SavedRecord> records, List<String> unsaved) {
    /** A record, with its type arguments. */
    public record SavedRecord(DeclaredType type, List<Component> components) {}

    /** A component of a record. */
    public record Component(ExecutableElement accessor, StateForm form) {
        public String name() {
            return accessor.getSimpleName().toString();
        }
    }

    /** A form with those inside it, also inside its records. */
    public Set<StateForm> within(StateForm form) {
        Set<StateForm> found = new LinkedHashSet<>();
        collect(form, found);
        return found;
    }

    private void collect(StateForm form, Set<StateForm> found) {
        if (!found.add(form)) return;
        form.parts().forEach(part -> collect(part, found));
        if (form instanceof StateForm.RecordOf r) {
            records.get(r.number()).components().forEach(component -> collect(component.form(), found));
        }
    }

    /** Whether replaced values must be closed. */
    public boolean ownsTensors(SavedField field) {
        return within(field.form()).stream().anyMatch(StateForm.Handle.class::isInstance);
    }
}
