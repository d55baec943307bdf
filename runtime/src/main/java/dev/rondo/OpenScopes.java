package dev.rondo;

import dev.rondo.event.Scope;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The scopes that are open, outermost first, and what is to be closed with each: the replacements that callbacks made for a while. The
 * frames are kept and used again, so that a batch allocates none.
 */
final class OpenScopes {
    private static final class Frame {
        Scope scope;
        Deque<AutoCloseable> closeables;
    }

    private Frame[] frames = new Frame[8];
    private int depth;

    /** Opens a scope inside the others; returns the depth to close it with. */
    int open(Scope scope) {
        if (depth == frames.length) frames = java.util.Arrays.copyOf(frames, depth * 2);
        if (frames[depth] == null) frames[depth] = new Frame();
        frames[depth].scope = scope;
        return depth++;
    }

    /** Has something closed when the innermost open scope of this kind ends. */
    void until(Scope scope, AutoCloseable closeable) {
        for (int i = depth - 1; i >= 0; i--) {
            if (frames[i].scope == scope) {
                if (frames[i].closeables == null) frames[i].closeables = new ArrayDeque<>();
                frames[i].closeables.push(closeable);
                return;
            }
        }
        throw new IllegalStateException("No " + scope + " scope is open here, so nothing can last until its end.");
    }

    /**
     * Closes the scope opened at this depth: what was handed to it last goes first, and all of it goes.
     *
     * @param failure what is passing through the scope, or null; failures to close are added to it
     */
    void close(int at, Throwable failure) {
        depth = at;
        Deque<AutoCloseable> closeables = frames[at].closeables;
        if (closeables == null || closeables.isEmpty()) return;
        RuntimeException own = null;
        while (!closeables.isEmpty()) {
            AutoCloseable next = closeables.pop();
            try {
                next.close();
            } catch (Exception e) {
                if (failure != null) failure.addSuppressed(e);
                else if (own != null) own.addSuppressed(e);
                else
                    own = new IllegalStateException(
                            "At the end of " + frames[at].scope + ", " + next + " did not close.", e);
            }
        }
        if (own != null) throw own;
    }
}
