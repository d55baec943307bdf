package dev.rondo.processor.model;

import dev.rondo.event.Event;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;

/**
 * A method with {@code @Attribute}, which may be no accessor.
 *
 * @param owned whether it lists owners
 */
public record AttributeDeclaration(
        ExecutableElement method, AnnotationMirror mirror, Event from, Event until, boolean writable, boolean owned) {}
