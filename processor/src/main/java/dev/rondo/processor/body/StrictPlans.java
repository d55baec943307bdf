package dev.rondo.processor.body;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Plan;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/**
 * Plans without host reads, and the handlers of this compilation that wait for the device without an acknowledgement. The compiler may come
 * to a plan before or after its callbacks. The processor reports the acknowledged ones.
 */
final class StrictPlans {
    private record Member(Plan plan, Plan.Member listed, Place place, Reports reports) {}

    private record Wait(String callback, String event, String handler) {}

    private final AnnotationPlaces places;
    private final Map<TypeElement, List<Member>> members = new HashMap<>();
    private final Map<TypeElement, Wait> waits = new HashMap<>();
    private final Set<Member> reported = new HashSet<>();

    StrictPlans(AnnotationPlaces places) {
        this.places = places;
    }

    void plan(Plan plan, Reports reports) {
        if (plan.hostReads()) return;
        for (Plan.Member listed : plan.members()) {
            Place place = places.value(plan.element(), plan.mirror(), listed.number())
                    .orElseGet(() -> Place.of(plan.element()));
            Member member = new Member(plan, listed, place, reports);
            for (Optional<CallbackClass> c = listed.callback();
                    c.isPresent();
                    c = c.get().base().map(b -> b.callback())) {
                members.computeIfAbsent(c.get().element(), e -> new ArrayList<>())
                        .add(member);
                report(c.get().element());
            }
        }
    }

    /** A handler of a class waits, and does not acknowledge it. */
    void waits(BodyCheck.Handled handled) {
        TypeElement type = handled.callback().element();
        waits.putIfAbsent(
                type,
                new Wait(
                        handled.callback().name(),
                        handled.eventInBatch(),
                        handled.handler().name()));
        report(type);
    }

    private void report(TypeElement type) {
        Wait wait = waits.get(type);
        if (wait == null) return;
        for (Member member : members.getOrDefault(type, List.of())) {
            if (reported.add(member))
                member.reports.report(member.place, Diagnostic.PLAN_HOST_READ, wait.callback, wait.event, wait.handler);
        }
    }
}
