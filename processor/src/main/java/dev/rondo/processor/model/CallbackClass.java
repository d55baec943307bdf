package dev.rondo.processor.model;

import com.squareup.javapoet.ClassName;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * A class with handlers of its own, or with {@code @Callback}.
 *
 * @param base the nearest superclass that has, or should have, a table
 * @param handlers its own handlers, as declared
 * @param slots what its table holds: the numbers of the base's table first, then its own
 * @param state what its own table saves
 */
public record CallbackClass(
        TypeElement element,
        Optional<Options> options,
        LearnerType learner,
        Optional<Base> base,
        List<Handler> handlers,
        List<Slot> slots,
        SavedState state) {

    /** The options in {@code @Callback}, as listed. */
    public record Options(
            AnnotationMirror mirror,
            double order,
            boolean statesOrder,
            List<Phase> runs,
            List<RunKind> kinds,
            boolean nested,
            int stateVersion) {}

    /**
     * A base class with handlers.
     *
     * @param compiledNow whether this compilation makes its table
     * @param table whether its table is on the class path
     * @param overrides pairs of a handler of the class and one of the base that it overrides
     */
    public record Base(CallbackClass callback, boolean compiledNow, boolean table, List<Overriding> overrides) {
        Optional<Handler> overriderOf(Handler inherited) {
            return overrides.stream()
                    .filter(o -> o.overridden() == inherited)
                    .map(Overriding::overrider)
                    .findFirst();
        }
    }

    /** A handler of the class that overrides one of a base class. */
    public record Overriding(Handler overrider, Handler overridden) {}

    /**
     * Numbers the handlers. A handler of the base keeps its number. If the class overrides it and names the same event again, the declaration
     * of the class replaces it, with its parameters, result and order.
     */
    public static List<Slot> number(Optional<Base> base, List<Handler> handlers) {
        List<Slot> slots = new ArrayList<>();
        for (Slot inherited : base.map(b -> b.callback().slots()).orElse(List.of())) {
            HandledEvent handled = inherited.handled();
            slots.add(base.get()
                    .overriderOf(inherited.handler())
                    .flatMap(h -> h.annotationOf(handled).map(annotation -> Slot.of(handled, annotation, h)))
                    .orElseGet(inherited::delegate));
        }
        for (Handler handler : handlers) {
            for (Handler.HandlerAnnotation annotation : handler.annotations()) {
                for (Handler.EventValue event : annotation.events()) {
                    if (!contains(slots, handler, event.handled())) {
                        slots.add(Slot.of(event.handled(), annotation, handler));
                    }
                }
            }
        }
        return List.copyOf(slots);
    }

    private static boolean contains(List<Slot> slots, Handler handler, HandledEvent handled) {
        return slots.stream()
                .anyMatch(slot -> slot.handler() == handler && slot.handled().equals(handled));
    }

    /** This class with the attributes that each handler reads; unchanged if their number differs. */
    public CallbackClass withReads(List<List<String>> reads) {
        if (reads.size() != slots.size()) return this;
        List<Slot> known = new ArrayList<>();
        for (Slot slot : slots) known.add(slot.reading(reads.get(known.size())));
        return new CallbackClass(element, options, learner, base, handlers, known, state);
    }

    /** Whether a method is one of its own handlers. */
    public boolean declaresHandler(ExecutableElement method) {
        return handlers.stream().anyMatch(handler -> handler.method().equals(method));
    }

    public ClassName table() {
        return RondoNames.tableOf(element);
    }

    public String name() {
        return element.getSimpleName().toString();
    }

    /** The classes of callbacks that its own handlers ask for, each once. */
    public List<TypeElement> requires() {
        return slots.stream()
                .filter(slot -> !slot.delegated())
                .flatMap(slot -> slot.handler().parameters().stream())
                .flatMap(p -> p instanceof Parameter.OfCallback c ? Stream.of(c.type()) : Stream.empty())
                .distinct()
                .toList();
    }

    /** Whether the options of a base class hold for this one. */
    public boolean inheritsOptions() {
        return options.isEmpty() && base.isPresent();
    }

    /** The order of the handlers that state none. */
    public double order() {
        return options.map(Options::order)
                .or(() -> base.map(b -> b.callback().order()))
                .orElse(0.0);
    }

    /** Whether an annotation states that order. */
    public boolean statesOrder() {
        return options.map(Options::statesOrder)
                .or(() -> base.map(b -> b.callback().statesOrder()))
                .orElse(false);
    }

    /** The version of the state of its own fields. */
    public int stateVersion() {
        return options.map(Options::stateVersion).orElse(1);
    }

    /** The fields that its own table saves. */
    public List<SavedField> saved() {
        return state.fields();
    }

    /** The names of the fields that the tables of its base classes save. */
    public List<String> inheritedState() {
        return base.map(Base::callback).stream()
                .flatMap(b -> Stream.concat(
                        b.inheritedState().stream(), b.saved().stream().map(SavedField::name)))
                .toList();
    }

    /** The phases in which handlers of events inside a batch run. */
    public List<Phase> runs() {
        return options.map(o -> o.runs().stream().distinct().toList())
                .or(() -> base.map(b -> b.callback().runs()))
                .orElse(List.of(Phase.values()));
    }

    /** The kinds of runs in which the callback takes part. */
    public List<RunKind> kinds() {
        return options.map(o -> o.kinds().stream().distinct().toList())
                .or(() -> base.map(b -> b.callback().kinds()))
                .orElse(List.of(RunKind.values()));
    }

    /** Whether the callback takes part in nested runs. */
    public boolean nested() {
        return options.map(Options::nested)
                .or(() -> base.map(b -> b.callback().nested()))
                .orElse(true);
    }
}
