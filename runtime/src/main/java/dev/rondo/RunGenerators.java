package dev.rondo;

import dev.rondo.torch.Generators;
import org.jspecify.annotations.Nullable;

/**
 * The random generators that layers draw from in the runs of a learner. With a seed of its own, a learner keeps the same generators.
 * Without one, it copies those of the thread when it is built, and again when a run begins after they were seeded.
 */
final class RunGenerators {
    private final @Nullable Long seed;
    private @Nullable Generators own;
    private int uses; // by runs nested in each other
    private boolean closed; // while in use

    /** @param seed the learner's own seed; null to continue from the seed of the thread */
    RunGenerators(@Nullable Long seed) {
        this.seed = seed;
    }

    /** The generators of the next run, or of the running one. They belong to this object. */
    Generators current() {
        if (own != null && uses == 0 && seed == null && own.isOutdated()) close();
        if (own == null) own = seed == null ? Generators.copyOfCurrent() : Generators.seeded(seed);
        return own;
    }

    /** Makes layers on this thread draw from these generators until the result is closed. */
    Undo use() {
        Generators.Scope scope = current().use();
        uses++;
        return Undo.once(() -> {
            scope.close();
            if (--uses == 0 && closed) close();
        });
    }

    /** Frees the generators, at once or after the running run. The next run makes new ones. */
    void close() {
        closed = uses > 0;
        if (closed || own == null) return;
        own.close();
        own = null;
    }
}
