package dev.rondo.processor.body;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;

/**
 * What a method does with arguments of a kind.
 *
 * @param result what it returns
 */
record Summary(List<Use> uses, Set<Unseen> unseen, Traits result) {
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
        return new Summary(uses.stream().filter(u -> !(u instanceof Use.Wait)).toList(), unseen, result);
    }

    /** Of a method that is being looked at: it calls itself. */
    static final Summary RECURSIVE = new Summary(List.of(), EnumSet.noneOf(Unseen.class), Traits.NEUTRAL);
}
