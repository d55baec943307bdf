package dev.rondo.processor.body;

import dev.rondo.processor.report.Diagnostic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * A tensor of a batch is not put where it outlives the batch. A field may hold one if the callback or a superclass clears the field in each
 * batch; what a class does that is not compiled now is not known.
 */
final class EscapingTensorCheck implements BodyCheck {
    private final Bodies bodies;
    private final Marks marks;
    private final Map<TypeElement, Set<Element>> cleared = new HashMap<>();

    EscapingTensorCheck(Bodies bodies, Marks marks) {
        this.bodies = bodies;
        this.marks = marks;
    }

    @Override
    public void check(Handled handled, Findings findings) {
        if (!handled.handler().insideBatch()) return;
        for (Use.Escape escape : handled.usesNow(Use.Escape.class)) {
            if (escape.field().filter(field -> mayHold(handled, field)).isPresent()) continue;
            findings.report(escape.place(), Diagnostic.ESCAPING_TENSOR, escape.tensor(), escape.into());
        }
    }

    private boolean mayHold(Handled handled, Element field) {
        if (!bodies.isCompiledNow((TypeElement) field.getEnclosingElement())) return true;
        TypeElement callback = handled.callback().element();
        for (Element e = callback; e instanceof TypeElement type; e = Bodies.superclass(type)) {
            if (clearedBy(type, handled).contains(field)) return true;
        }
        return false;
    }

    private Set<Element> clearedBy(TypeElement type, Handled handled) {
        return cleared.computeIfAbsent(type, t -> Cleared.by(t, handled.handlersOf(t), bodies, marks));
    }
}
