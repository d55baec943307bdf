package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.LearnerType;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The class in {@code @Callback(learner = …)} is a learner, is accessible, and fits the base class. */
final class LearnerCheck implements Check {
    private final TypeRules rules;

    LearnerCheck(TypeRules rules) {
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        TypeElement learner = callback.learner().element();
        Place place = callback.options()
                .map(options -> Place.of(callback.element(), options.mirror()))
                .orElseGet(() -> Place.of(callback.element()));
        Optional<TypeMirror> noClass = callback.options().flatMap(options -> noClass(options.mirror()));
        if (noClass.isPresent()) {
            reports.report(place, Diagnostic.NOT_A_LEARNER, TypeRules.display(noClass.get()));
        } else if (!rules.isA(learner.asType(), RondoNames.LEARNER)) {
            reports.report(place, Diagnostic.NOT_A_LEARNER, learner.getSimpleName());
        } else if (rules.hidden(learner, callback.element()).isPresent()) {
            reports.report(place, Diagnostic.LEARNER_NOT_ACCESSIBLE, learner.getSimpleName());
        }
        callback.base().map(base -> base.callback()).ifPresent(base -> {
            LearnerType needed = base.learner();
            if (!rules.isA(learner.asType(), needed.element().asType())) {
                reports.report(
                        place,
                        Diagnostic.BASE_LEARNER_TYPE,
                        base.name(),
                        needed.element().getSimpleName(),
                        learner.getSimpleName());
            }
        });
    }

    /** A learner that is not a class, {@code int.class}; {@code void} stands for the default. */
    private static Optional<TypeMirror> noClass(AnnotationMirror options) {
        return options.getElementValues().entrySet().stream()
                .filter(member -> member.getKey().getSimpleName().contentEquals("learner"))
                .flatMap(member ->
                        member.getValue().getValue() instanceof TypeMirror type ? Stream.of(type) : Stream.empty())
                .filter(type -> type.getKind().isPrimitive() || type.getKind() == TypeKind.ARRAY)
                .findFirst();
    }
}
