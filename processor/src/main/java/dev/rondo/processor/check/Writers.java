package dev.rondo.processor.check;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.TypeRules;
import java.util.stream.Collectors;

/** Who may set an attribute. */
public final class Writers {
    private final TypeRules rules;

    public Writers(TypeRules rules) {
        this.rules = rules;
    }

    public boolean mayWrite(CallbackClass callback, Attribute attribute) {
        return attribute.writable()
                || attribute.owners().stream()
                        .anyMatch(owner -> rules.isA(callback.element().asType(), owner));
    }

    /** The attributes that a callback may set, for messages. */
    public String settable(CallbackClass callback) {
        return callback.learner().attributes().values().stream()
                .filter(a -> a.setter().isPresent() && mayWrite(callback, a))
                .map(Attribute::name)
                .collect(Collectors.joining(", "));
    }

    /** The callbacks that alone may set an attribute, for messages. */
    public static String owners(Attribute attribute) {
        return attribute.owners().stream().map(TypeRules::display).collect(Collectors.joining(", "));
    }
}
