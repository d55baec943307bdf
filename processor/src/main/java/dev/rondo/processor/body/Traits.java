package dev.rondo.processor.body;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is known of a value.
 *
 * @param neutral whether it says nothing against what another branch or assignment says: null, a new empty collection
 */
record Traits(Set<Trait> known, boolean neutral) {
    enum Trait {
        /** The learner that fires the event. */
        LEARNER,
        /** A tensor that is freed when the batch ends, or what holds one. */
        BATCH,
        /** A tensor in the memory of the host. */
        HOST,
        /** An object that lives longer than the handler. */
        OUTLIVING,
        /** The device of the host. */
        CPU
    }

    static final Traits UNKNOWN = new Traits(Set.of(), false);
    static final Traits NEUTRAL = new Traits(Set.of(), true);
    static final Traits LEARNER = of(Trait.LEARNER);
    static final Traits BATCH = of(Trait.BATCH);
    static final Traits OUTLIVING = of(Trait.OUTLIVING);
    static final Traits CPU = of(Trait.CPU);

    static Traits of(Trait trait) {
        return new Traits(Set.of(trait), false);
    }

    boolean has(Trait trait) {
        return known.contains(trait);
    }

    /** What is known of a value that is one or the other. */
    Traits or(Traits other) {
        if (neutral) return other;
        if (other.neutral || equals(other)) return this;
        Set<Trait> both = EnumSet.noneOf(Trait.class);
        both.addAll(known);
        both.retainAll(other.known);
        return new Traits(Set.copyOf(both), false);
    }

    Traits with(Trait trait) {
        if (has(trait)) return this;
        Set<Trait> more = EnumSet.of(trait);
        more.addAll(known);
        return new Traits(Set.copyOf(more), neutral);
    }

    Traits without(Trait trait) {
        if (!has(trait)) return this;
        Set<Trait> less = EnumSet.copyOf(known);
        less.remove(trait);
        return new Traits(Set.copyOf(less), neutral);
    }
}
