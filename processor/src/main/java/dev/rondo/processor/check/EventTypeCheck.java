package dev.rondo.processor.check;

import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/** An annotation with {@code @EventType} can be used as {@code @On}: once on a method, with an order, and kept in class files. */
final class EventTypeCheck {
    void check(TypeElement event, Reports reports) {
        Target target = event.getAnnotation(Target.class);
        Retention retention = event.getAnnotation(Retention.class);
        Optional<ExecutableElement> order = order(event);
        Optional<AnnotationValue> value = order.map(ExecutableElement::getDefaultValue);
        if (value.isEmpty()) {
            reports.report(event, Diagnostic.EVENT_TYPE);
        } else if (!Integer.valueOf(0).equals(value.get().getValue())) {
            reports.report(order.get(), Diagnostic.EVENT_TYPE_ORDER, event.getSimpleName(), value.get());
        }
        if (target != null && !List.of(target.value()).contains(ElementType.METHOD)) {
            reports.report(event, Diagnostic.EVENT_TYPE_TARGET, event.getSimpleName());
        }
        if (retention != null && retention.value() == RetentionPolicy.SOURCE) {
            reports.report(event, Diagnostic.EVENT_TYPE_RETENTION, event.getSimpleName());
        }
        if (event.getAnnotation(Repeatable.class) != null) {
            reports.report(event, Diagnostic.EVENT_TYPE_REPEATABLE, event.getSimpleName());
        }
    }

    private static Optional<ExecutableElement> order(TypeElement event) {
        return ElementFilter.methodsIn(event.getEnclosedElements()).stream()
                .filter(member -> member.getSimpleName().contentEquals("order")
                        && member.getReturnType().getKind() == TypeKind.INT)
                .findFirst();
    }
}
