package dev.rondo.processor.read;

import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.RondoNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads the annotations that make a method a handler: {@code @On}, and custom events. */
public final class HandlerAnnotationReader {
    private final Elements elements;

    public HandlerAnnotationReader(Elements elements) {
        this.elements = elements;
    }

    /** Whether an annotation is a custom event. */
    public boolean isEvent(Element annotation) {
        return Mirror.find(annotation, RondoNames.EVENT_TYPE, elements).isPresent();
    }

    /** Whether a method is a handler, faulty or not. */
    public boolean isHandler(ExecutableElement method) {
        return Mirror.find(method, RondoNames.ON, elements).isPresent()
                || method.getAnnotationMirrors().stream()
                        .anyMatch(m -> isEvent(m.getAnnotationType().asElement()));
    }

    /** Whether a class, or one inside it, declares a handler or says that it is a callback. */
    public boolean hasCallback(TypeElement type) {
        return Mirror.find(type, RondoNames.CALLBACK, elements).isPresent()
                || ElementFilter.methodsIn(type.getEnclosedElements()).stream().anyMatch(this::isHandler)
                || ElementFilter.typesIn(type.getEnclosedElements()).stream().anyMatch(this::hasCallback);
    }

    /** Whether a table has handlers, as all have that do not stand in for one. */
    public boolean listsHandlers(TypeElement table) {
        try {
            return !handlers(table).values("value").isEmpty();
        } catch (MissingTypeException e) {
            return false;
        }
    }

    /** The module that a table is of; empty for none. */
    public String moduleOfTable(TypeElement table) {
        try {
            return Mirror.string(handlers(table).value("module"));
        } catch (MissingTypeException e) {
            return ""; // of an older version
        }
    }

    private Mirror handlers(TypeElement table) {
        return Mirror.find(table, RondoNames.HANDLERS, elements).orElseThrow();
    }

    /** The annotations that make a method a handler; none if it is no handler. */
    List<Handler.HandlerAnnotation> read(ExecutableElement method) throws MissingTypeException {
        List<Handler.HandlerAnnotation> annotations = new ArrayList<>();
        for (AnnotationMirror annotation : method.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) annotation.getAnnotationType().asElement();
            Mirror mirror = new Mirror(annotation, elements);
            Optional<Mirror> eventType = Mirror.find(type, RondoNames.EVENT_TYPE, elements);
            if (type.getQualifiedName().contentEquals(RondoNames.ON)) annotations.add(on(mirror));
            else if (eventType.isPresent()) annotations.add(own(type, eventType.get(), mirror));
        }
        return annotations;
    }

    private static Handler.HandlerAnnotation on(Mirror on) throws MissingTypeException {
        List<Handler.EventValue> events = new ArrayList<>();
        for (AnnotationValue value : on.values("value")) {
            Event event = Mirror.constant(Event.class, value);
            events.add(new Handler.EventValue(new HandledEvent.BuiltIn(event), Optional.of(value)));
        }
        return new Handler.HandlerAnnotation(on.mirror(), on.number("order"), events);
    }

    /** The default order is 0 in the annotation's declaration, but means none: the order of the class holds then, as with {@code @On}. */
    private static Handler.HandlerAnnotation own(TypeElement type, Mirror eventType, Mirror mirror)
            throws MissingTypeException {
        HandledEvent handled = new HandledEvent.Custom(type, eventType.constant(Scope.class, "within"));
        double order = mirror.states("order") ? mirror.number("order") : Double.NaN;
        return new Handler.HandlerAnnotation(
                mirror.mirror(), order, List.of(new Handler.EventValue(handled, Optional.empty())));
    }
}
