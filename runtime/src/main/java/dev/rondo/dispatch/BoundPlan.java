package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackPlan;
import java.util.Arrays;
import java.util.List;

/**
 * A plan with the registrations of its callbacks. It has its own handler lists for the callbacks as the plan was compiled; if a
 * registration changes during an event, the rest of the event uses them.
 */
final class BoundPlan<L> {
    private final List<Registration<L>> registrations;
    private final HandlerLists<L> lists = HandlerLists.ofPlan();

    /**
     * @param registrations the registrations of the plan's tables, in its order, unchanged
     * @throws IllegalArgumentException if the plan was compiled with other versions of the callbacks
     */
    BoundPlan(CallbackPlan<L> plan, List<Registration<L>> registrations) {
        this.registrations = registrations;
        for (Event event : Event.values()) {
            for (Phase phase : Phase.values()) {
                if (event != Event.AFTER_FIT && !Arrays.equals(calls(list(event, phase)), plan.calls(event))) {
                    throw new IllegalArgumentException("The callbacks of "
                            + plan.getClass().getSimpleName() + " have changed since it was compiled: at "
                            + event.lowerCaseName() + " they run in another order. Compile it again.");
                }
            }
        }
    }

    private int[] calls(HandlerList<L> list) {
        return list.entries.stream()
                .flatMap(e -> List.of(registrations.indexOf(e.registration()), e.handler()).stream())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Whether the plan can be used in a run: its callbacks are all that are registered, their switches and orders are those that were
     * declared, and all take part in the run.
     */
    boolean holds(List<Registration<L>> all, HandlerLists<L> run) {
        return registrations.equals(all) && all.stream().allMatch(r -> r.isAsDeclared() && run.include(r));
    }

    HandlerList<L> list(Event event, Phase phase) {
        return lists.of(event, phase, registrations);
    }

    Registration<L> registration(Event event, int at) {
        return list(event, Phase.TRAIN).entries.get(at).registration();
    }
}
