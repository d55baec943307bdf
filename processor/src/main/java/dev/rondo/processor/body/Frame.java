package dev.rondo.processor.body;

import dev.rondo.processor.model.Attribute;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * A method, or the initial value of a field, that is being looked at.
 *
 * @param declared the method or the field
 * @param unit where it stands
 * @param assignments what is put into its local variables
 * @param variables what is known of parameters, its own and those of lambdas that run now
 * @param attributes the attributes that parameters of a handler are
 */
record Frame(
        Element declared,
        Unit unit,
        Assignments assignments,
        Map<Element, Traits> variables,
        Map<Element, Attribute> attributes) {
    TypeElement type() {
        return (TypeElement) declared.getEnclosingElement();
    }
}
