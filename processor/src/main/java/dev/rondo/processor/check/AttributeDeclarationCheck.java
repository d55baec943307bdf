package dev.rondo.processor.check;

import dev.rondo.processor.model.AttributeDeclaration;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;

/** A method with {@code @Attribute} is an accessor, and its values agree. */
final class AttributeDeclarationCheck {
    private final TypeRules rules;

    AttributeDeclarationCheck(TypeRules rules) {
        this.rules = rules;
    }

    void check(AttributeDeclaration attribute, Reports reports) {
        ExecutableElement method = attribute.method();
        missing(method)
                .ifPresent(missing -> reports.report(
                        Place.of(method, attribute.mirror()), Diagnostic.NO_ACCESSOR, method.getSimpleName(), missing));
        if (attribute.from().compareTo(attribute.until()) > 0) {
            reports.report(
                    Place.member(method, attribute.mirror(), "until"),
                    Diagnostic.ATTRIBUTE_SPAN,
                    method.getSimpleName(),
                    attribute.from(),
                    attribute.until());
        }
        if (attribute.writable() && attribute.owned()) {
            reports.report(
                    Place.member(method, attribute.mirror(), "owners"),
                    Diagnostic.ATTRIBUTE_OWNERS,
                    method.getSimpleName());
        }
    }

    /** What an accessor is, and the method is not. */
    private Optional<String> missing(ExecutableElement method) {
        if (!method.getParameters().isEmpty()) return Optional.of("a method without parameters");
        if (method.getReturnType().getKind() == TypeKind.VOID) return Optional.of("a method that returns a value");
        if (method.getModifiers().contains(Modifier.STATIC)) return Optional.of("a method of the learner, not static");
        if (method.getModifiers().contains(Modifier.PRIVATE)) return Optional.of("visible to callbacks, not private");
        if (!method.getTypeParameters().isEmpty()) return Optional.of("a method without type parameters");
        return method.getThrownTypes().stream().allMatch(rules::mayLeaveHandler)
                ? Optional.empty()
                : Optional.of("a method without checked exceptions");
    }
}
