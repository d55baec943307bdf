package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.LearnerType;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The class that {@code @Callback(learner = …)} names must be a learner, within reach, and good enough for the base class. */
final class LearnerCheck implements Check {
    private final Elements elements;
    private final TypeRules rules;

    LearnerCheck(Elements elements, TypeRules rules) {
        this.elements = elements;
        this.rules = rules;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        TypeElement learner = callback.learner().element();
        Place place = callback.options()
                .map(options -> Place.of(callback.element(), options.mirror()))
                .orElseGet(() -> Place.of(callback.element()));
        if (!rules.isA(learner.asType(), RondoNames.LEARNER)) {
            reports.report(place, Diagnostic.NOT_A_LEARNER, learner.getSimpleName());
        } else if (!accessible(learner, callback.element())) {
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

    private boolean accessible(TypeElement learner, TypeElement user) {
        boolean samePackage = elements.getPackageOf(learner).equals(elements.getPackageOf(user));
        for (Element e = learner; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
            if (e.getModifiers().contains(Modifier.PRIVATE)) return false;
            if (!samePackage && !e.getModifiers().contains(Modifier.PUBLIC)) return false;
        }
        return true;
    }
}
