package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.spi.CallbackPlan;
import java.util.Arrays;
import java.util.List;

/**
 * A plan bound to the registrations of its callbacks. It has rows of its own, as they are while the plan holds: an event in which
 * something changes is finished from them.
 */
final class BoundPlan<L> {
    private static final int PHASES = Phase.values().length;

    private final List<Registration<L>> registrations;
    private final HandlerList<L>[] rows;

    /**
     * @param registrations those of the plan's tables, in its sequence, unchanged
     * @throws IllegalArgumentException if the plan was compiled with other versions of the callbacks
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    BoundPlan(CallbackPlan<L> plan, List<Registration<L>> registrations) {
        this.registrations = registrations;
        rows = new HandlerList[Event.values().length * PHASES];
        for (Event event : Event.values()) {
            for (Phase phase : Phase.values()) {
                HandlerList<L> row = new HandlerList<>(EventKey.of(event), phase, registrations);
                rows[event.ordinal() * PHASES + phase.ordinal()] = row;
                if (event != Event.AFTER_FIT && !Arrays.equals(calls(row), plan.calls(event))) {
                    throw new IllegalArgumentException("The callbacks of "
                            + plan.getClass().getSimpleName() + " have changed since it was compiled: at "
                            + event.lowerCaseName() + " they run in another order. Compile it again.");
                }
            }
        }
    }

    private int[] calls(HandlerList<L> row) {
        return row.entries.stream()
                .flatMap(e -> List.of(registrations.indexOf(e.registration()), e.handler()).stream())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Whether the plan holds for a learner's callbacks. */
    boolean holds(List<Registration<L>> all) {
        return registrations.equals(all) && all.stream().allMatch(Registration::isAsDeclared);
    }

    HandlerList<L> row(Event event, Phase phase) {
        return rows[event.ordinal() * PHASES + phase.ordinal()];
    }

    Registration<L> registration(Event event, int at) {
        return row(event, Phase.TRAIN).entries.get(at).registration();
    }
}
