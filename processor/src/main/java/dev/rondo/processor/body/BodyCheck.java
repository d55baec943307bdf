package dev.rondo.processor.body;

import dev.rondo.event.Event;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;

/** One rule for what handlers do. */
interface BodyCheck {
    /** Reports where a handler breaks the rule. */
    void check(Handled handled, Findings findings);

    /** A handler of a class, and what it does. */
    record Handled(CallbackClass callback, Handler handler, Summary summary) {
        /** What it does that is of one kind. */
        <U extends Use> List<U> uses(Class<U> kind) {
            return summary.uses().stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .toList();
        }

        /** The same, of what it does before it returns. */
        <U extends Use> List<U> usesNow(Class<U> kind) {
            return uses(kind).stream().filter(use -> !use.when().later()).toList();
        }

        /** The handlers of its class, or of a superclass. */
        List<Handler> handlersOf(TypeElement type) {
            for (Optional<CallbackClass> c = Optional.of(callback);
                    c.isPresent();
                    c = c.get().base().map(CallbackClass.Base::callback)) {
                if (c.get().element().equals(type)) return c.get().handlers();
            }
            return List.of();
        }

        /** Its events, without custom ones, which may fire anywhere. */
        List<Event> events() {
            return handler.handledEvents().stream()
                    .flatMap(h -> h instanceof HandledEvent.BuiltIn b ? Stream.of(b.event()) : Stream.empty())
                    .toList();
        }

        /** The first of its events that belongs to a batch, for messages. */
        String eventInBatch() {
            return handler.handledEvents().stream()
                    .filter(HandledEvent::insideBatch)
                    .map(HandledEvent::name)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
