package dev.rondo.processor.check;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;

/** No method of a callback looks like a setter of an attribute: {@code setLoss(x)}, or {@code loss(x)} without result. */
final class ShadowSetterCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        Set<String> setters = callback.learner().attributes().values().stream()
                .flatMap(attribute -> Stream.of(attribute.name(), Attribute.setterOf(attribute.name())))
                .collect(Collectors.toSet());
        for (ExecutableElement method :
                ElementFilter.methodsIn(callback.element().getEnclosedElements())) {
            if (setters.contains(method.getSimpleName().toString())
                    && method.getParameters().size() == 1
                    && method.getReturnType().getKind() == TypeKind.VOID
                    && !method.getModifiers().contains(Modifier.STATIC)
                    && !callback.declaresHandler(method)) {
                reports.report(method, Diagnostic.SHADOW_SETTER, method.getSimpleName());
            }
        }
    }
}
