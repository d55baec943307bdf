package dev.rondo;

import dev.rondo.event.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The scopes that are open, outermost first, and what is to be closed with each: the replacements that callbacks made for a while. The
 * objects that stand for open scopes are used again, so that a batch allocates none.
 */
final class ScopeStack {
    /** An open scope; closing it ends the scope, and those that are still open inside it. */
    final class Open implements ScopeEnd {
        private final int depth;
        private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
        private Scope scope;

        private Open(int depth) {
            this.depth = depth;
        }

        /** Closes what was handed over, the last first and all of it; what fails is thrown then, the first failure with the others. */
        @Override
        public void close() {
            RuntimeException failure = null;
            while (open > depth) failure = frames.get(--open).empty(failure);
            if (failure != null) throw failure;
        }

        private RuntimeException empty(RuntimeException earlier) {
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
            return failure;
        }
    }

    private final List<Open> frames = new ArrayList<>();
    private int open;

    /** Opens a scope inside the others. */
    Open open(Scope scope) {
        if (open == frames.size()) frames.add(new Open(open));
        Open frame = frames.get(open++);
        frame.scope = scope;
        return frame;
    }

    /** Has something closed when the innermost open scope of this kind ends. */
    void until(Scope scope, AutoCloseable closeable) {
        for (int i = open - 1; i >= 0; i--) {
            if (frames.get(i).scope == scope) {
                frames.get(i).closeables.push(closeable);
                return;
            }
        }
        throw new IllegalStateException("No " + scope + " scope is open here, so nothing can last until its end.");
    }
}
