package dev.rondo.processor.check;

import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/** An annotation with {@code @EventType} can be used as {@code @On}: once on a method, with an order, and kept in class files. */
final class EventTypeCheck {
    void check(TypeElement event, Reports reports) {
        Target target = event.getAnnotation(Target.class);
        Retention retention = event.getAnnotation(Retention.class);
        if (!hasOrder(event)) reports.report(event, Diagnostic.EVENT_TYPE);
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

    private static boolean hasOrder(TypeElement event) {
        return ElementFilter.methodsIn(event.getEnclosedElements()).stream()
                .anyMatch(member -> member.getSimpleName().contentEquals("order")
                        && member.getReturnType().getKind() == TypeKind.INT);
    }
}
