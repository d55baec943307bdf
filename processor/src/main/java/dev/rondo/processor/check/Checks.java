package dev.rondo.processor.check;

import dev.rondo.processor.model.AttributeDeclaration;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.report.SourceTrees;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** All checks, in the sequence in which they run. */
public final class Checks {
    private final List<Check> checks;
    private final List<PlanCheck> planChecks;
    private final TypeRules rules;
    private final EventTypeCheck eventType = new EventTypeCheck();
    private final AttributeDeclarationCheck attributeDeclaration;
    private final UnusedSuppressionCheck suppressions = new UnusedSuppressionCheck();

    public Checks(Elements elements, TypeRules rules, SourceTrees trees) {
        this.rules = rules;
        attributeDeclaration = new AttributeDeclarationCheck(rules);
        checks = List.of(
                new PrivateClassCheck(trees),
                new NameClashCheck(elements),
                new MissingBaseTableCheck(),
                new LearnerCheck(rules),
                new EventsCheck(),
                new ValuesCheck(),
                new EventAccessCheck(rules),
                new HandlerInInterfaceCheck(),
                new HandlerModifiersCheck(),
                new UnknownAttributeCheck(),
                new RequirementCheck(rules),
                new AttributeTypeCheck(rules),
                new LearnerTypeCheck(rules),
                new WritesWithoutResultCheck(),
                new AttributeReadOnlyCheck(rules),
                new CheckedExceptionCheck(rules),
                new CancelNoEffectCheck(rules),
                new CancelTooWideCheck(rules),
                new AttributeNotReadyCheck(),
                new NeverFiresCheck(),
                new ShadowFieldCheck(rules),
                new ShadowSetterCheck(),
                new PrivateCheckpointedCheck(rules),
                new CheckpointedTypeCheck(rules),
                new OverrideCheck(rules),
                new LooksLikeHandlerCheck(),
                new NoHandlersCheck(),
                new InnerClassCheck(),
                suppressions);
        planChecks = List.of(
                new PlanDuplicateCheck(rules),
                new PlanAbstractCheck(),
                new PlanMemberCheck(rules),
                new PlanLearnerCheck(rules),
                new PlanRequirementCheck(rules),
                new PlanReadBeforeWriteCheck(),
                new PlanHostReadCheck(),
                new PlanConflictCheck());
    }

    public void run(AttributeDeclaration attribute, Reports reports) {
        attributeDeclaration.check(attribute, reports);
    }

    /** Checks the declaration of a custom event. */
    public void run(TypeElement event, Reports reports) {
        eventType.check(event, reports);
    }

    public void run(CallbackClass callback, Reports reports) {
        for (Check check : checks) check.check(callback, reports);
    }

    public void run(Plan plan, Reports reports) {
        for (PlanCheck check : planChecks) check.check(plan, reports);
        suppressions.check(plan.element(), reports);
    }
}
