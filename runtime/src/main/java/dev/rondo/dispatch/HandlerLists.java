package dev.rondo.dispatch;

import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The handler lists of one run. Each list is built when its event first fires after a change. Each run has its own lists, because its kind
 * and the runs around it decide which callbacks take part.
 */
final class HandlerLists<L> {
    private static final int PHASES = Phase.values().length;

    /** The run that this one is nested in; null for an outermost run, and outside runs. */
    final @Nullable HandlerLists<L> outer;
    /** The kind of the run; {@link RunKind#FIT} outside runs; null for the lists of a plan. */
    final @Nullable RunKind kind;
    /** The number of runs from the outermost to this one; 0 outside runs. */
    final int depth;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final @Nullable HandlerList<L>[] lists = new HandlerList[Event.values().length * PHASES];

    private final Map<Phase, Map<Class<? extends Annotation>, HandlerList<L>>> customLists = new EnumMap<>(Phase.class);

    private HandlerLists(@Nullable HandlerLists<L> outer, @Nullable RunKind kind, int depth) {
        this.outer = outer;
        this.kind = kind;
        this.depth = depth;
        for (Phase phase : Phase.values()) customLists.put(phase, new HashMap<>());
    }

    /** The lists outside runs. */
    static <L> HandlerLists<L> outside() {
        return new HandlerLists<>(null, RunKind.FIT, 0);
    }

    /** The lists of a plan. All callbacks take part, since a plan is used only if they do. */
    static <L> HandlerLists<L> ofPlan() {
        return new HandlerLists<>(null, null, 0);
    }

    /** The lists of a run that is nested in this one. */
    HandlerLists<L> begin(RunKind kind) {
        return new HandlerLists<>(depth == 0 ? null : this, kind, depth + 1);
    }

    /** Whether a callback takes part in the run. */
    boolean include(Registration<L> registration) {
        return kind == null || registration.takesPartIn(this);
    }

    /** The kind of the run. */
    RunKind kind() {
        return Objects.requireNonNull(kind, "the lists of a plan have no kind");
    }

    HandlerList<L> of(Event event, Phase phase, List<Registration<L>> registrations) {
        int index = event.ordinal() * PHASES + phase.ordinal();
        HandlerList<L> list = lists[index];
        if (list == null) lists[index] = list = new HandlerList<>(EventKey.of(event), phase, registrations, this);
        return list;
    }

    HandlerList<L> of(Class<? extends Annotation> custom, Phase phase, List<Registration<L>> registrations) {
        Map<Class<? extends Annotation>, HandlerList<L>> ofPhase = Objects.requireNonNull(customLists.get(phase));
        HandlerList<L> list = ofPhase.get(custom);
        if (list == null) {
            list = new HandlerList<>(EventKey.of(custom), phase, registrations, this);
            ofPhase.put(custom, list);
        }
        return list;
    }

    /** Discards the lists of this run and of the runs around it, after a change to the registrations. */
    void clear() {
        for (HandlerLists<L> run = this; run != null; run = run.outer) {
            Arrays.fill(run.lists, null);
            run.customLists.values().forEach(Map::clear);
        }
    }
}
