package dev.rondo.processor.body;

import dev.rondo.processor.model.Attribute;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * A method that is being looked at.
 *
 * @param variables what is known of parameters, its own and those of lambdas that run now
 * @param attributes the attributes that parameters of a handler are
 */
record Frame(
        ExecutableElement method,
        Unit unit,
        Assignments assignments,
        Map<Element, Traits> variables,
        Map<Element, Attribute> attributes) {
    TypeElement type() {
        return (TypeElement) method.getEnclosingElement();
    }
}
