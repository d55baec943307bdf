package dev.rondo.processor.body;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.ExecutableElement;

/**
 * What a method does with arguments of a kind.
 *
 * @param result what it returns
 * @param ensures whether it throws unless attributes are there
 */
record Summary(List<Use> uses, Set<Unseen> unseen, Traits result, boolean ensures) {
    /** A method and what is known of its arguments. */
    record Key(ExecutableElement method, List<Traits> arguments) {}

    /** What a method does where nothing is seen. */
    enum Unseen {
        /** Code that is not seen has the learner, and may set attributes. */
        LEARNER,
        /** Code that is not seen runs, and may wait for the device. */
        CALLS,
        /** It changes a tensor in place. */
        TENSORS
    }

    Summary withoutWaits() {
        return new Summary(uses.stream().filter(u -> !(u instanceof Use.Wait)).toList(), unseen, result, ensures);
    }

    /** The same for a class that overrides methods. */
    Summary without(Predicate<ExecutableElement> overridden) {
        boolean differs =
                uses.stream().anyMatch(use -> use.when().through().stream().anyMatch(overridden));
        if (!differs) return this;
        List<Use> remaining = uses.stream()
                .filter(use -> use.when().through().stream().noneMatch(overridden))
                .toList();
        return new Summary(remaining, EnumSet.allOf(Unseen.class), result, ensures);
    }

    /** The same of a method of a cycle that has not been followed to its end. */
    Summary unfinished() {
        return new Summary(uses, EnumSet.allOf(Unseen.class), result, ensures);
    }

    /** Of a method that is being looked at: it calls itself. */
    static final Summary RECURSIVE = new Summary(List.of(), EnumSet.noneOf(Unseen.class), Traits.NEUTRAL, false);
}
