package dev.rondo;

import dev.rondo.event.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open scopes of a learner, outermost first. Each frame has the resources that are closed when its scope ends, and the values of {@link
 * ScopeLocal} variables. Frames are reused, so that a batch allocates none.
 */
final class ScopeStack {
    /** An open scope. Closing it ends the scope and the scopes that are still open inside it. */
    final class Frame implements ScopeEnd {
        private final int index;
        private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
        private @Nullable ScopeLocal<?>[] locals = new ScopeLocal<?>[4];
        private @Nullable Object[] values = new Object[4];
        private int size; // the number of locals and values
        private Scope scope = Scope.FIT;

        private Frame(int index) {
            this.index = index;
        }

        /** Closes all resources, the last one first. Then throws the first failure, with the others suppressed. */
        @Override
        public void close() {
            RuntimeException failure = null;
            while (open > index) failure = frames.get(--open).clear(failure);
            if (failure != null) throw failure;
        }

        private @Nullable RuntimeException clear(@Nullable RuntimeException earlier) {
            RuntimeException failure = earlier;
            while (!closeables.isEmpty()) {
                AutoCloseable next = closeables.pop();
                try {
                    next.close();
                } catch (Throwable e) {
                    if (failure == null) {
                        failure = new IllegalStateException(
                                "At the end of " + scope + ", what a callback had replaced could not be put back.", e);
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
            Arrays.fill(locals, 0, size, null);
            Arrays.fill(values, 0, size, null);
            size = 0;
            return failure;
        }

        private int indexOf(ScopeLocal<?> local) {
            for (int i = 0; i < size; i++) if (locals[i] == local) return i;
            return -1;
        }

        private void set(ScopeLocal<?> local, @Nullable Object value) {
            int i = indexOf(local);
            if (i < 0) {
                i = size++;
                if (i == locals.length) {
                    locals = Arrays.copyOf(locals, 2 * i);
                    values = Arrays.copyOf(values, 2 * i);
                }
                locals[i] = local;
            }
            values[i] = value;
        }
    }

    private final List<Frame> frames = new ArrayList<>();
    private int open;

    /** Opens a scope inside the others. */
    Frame open(Scope scope) {
        if (open == frames.size()) frames.add(new Frame(open));
        Frame frame = frames.get(open++);
        frame.scope = scope;
        return frame;
    }

    /** Closes a resource when the innermost open scope of this kind ends. */
    void until(Scope scope, AutoCloseable closeable) {
        required(scope).closeables.push(closeable);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // set stored a T, which may be null if T allows it
    <T extends @Nullable Object> T get(ScopeLocal<T> local) {
        Frame frame = innermost(local.scope);
        if (frame == null) return local.initial;
        int i = frame.indexOf(local);
        return i < 0 ? local.initial : (T) frame.values[i];
    }

    <T extends @Nullable Object> void set(ScopeLocal<T> local, T value) {
        required(local.scope).set(local, value);
    }

    private Frame required(Scope scope) {
        Frame frame = innermost(scope);
        if (frame == null) {
            throw new IllegalStateException("No " + scope + " scope is open here, so nothing can last until its end.");
        }
        return frame;
    }

    private @Nullable Frame innermost(Scope scope) {
        for (int i = open - 1; i >= 0; i--) if (frames.get(i).scope == scope) return frames.get(i);
        return null;
    }
}
