package dev.rondo;

import dev.rondo.check.Argument;
import dev.rondo.event.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A variable with a separate value in each open scope of a kind, for the state of a callback in a fit, an epoch or a batch. A nested run
 * opens its own scopes, so it neither sees nor changes the value of the outer run.
 *
 * <pre>{@code
 * private final ScopeLocal<Integer> skipped = ScopeLocal.of(Scope.EPOCH, 0);
 *
 * @On(Event.AFTER_CANCEL_BATCH)
 * void count(Learner learner) {
 *     skipped.set(learner, skipped.get(learner) + 1);
 * }
 * }</pre>
 *
 * <p>The value is discarded when its scope ends, however it ends. Use {@link Learner#until} for resources that must be closed then. Getting
 * and setting allocate nothing. Use it only on the learner's thread. One object can be used with any number of learners.
 *
 * @param <T> the type of the value; immutable, or owned by the callback
 */
public final class ScopeLocal<T extends @Nullable Object> {
    final Scope scope;
    final T initial;

    private ScopeLocal(Scope scope, T initial) {
        this.scope = Argument.given("scope", scope);
        this.initial = initial;
    }

    /** A variable that is null at the start of each scope. */
    public static <T> ScopeLocal<@Nullable T> of(Scope scope) {
        return new ScopeLocal<@Nullable T>(scope, null);
    }

    /** A variable with this value at the start of each scope. */
    public static <T> ScopeLocal<T> of(Scope scope, T initial) {
        return new ScopeLocal<>(scope, initial);
    }

    /** The value in the innermost open scope of the kind; the initial value if it was not set there, or if no such scope is open. */
    public T get(Learner learner) {
        return learner.scopes.get(this);
    }

    /**
     * Sets the value in the innermost open scope of the kind.
     *
     * @throws IllegalStateException if no such scope is open
     */
    public void set(Learner learner, T value) {
        learner.scopes.set(this, value);
    }

    @Override
    public String toString() {
        return "ScopeLocal[scope=" + scope + ", initial=" + initial + "]";
    }
}
