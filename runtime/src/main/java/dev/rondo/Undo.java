package dev.rondo;

import dev.rondo.annotation.MustClose;

/** Undoes a temporary change when it is closed; closing it again has no effect. For try-with-resources. */
public interface Undo extends AutoCloseable {
    @Override
    void close();

    /** Runs an action when it is first closed. */
    @MustClose
    static Undo once(Runnable putBack) {
        return new Undo() {
            private boolean done;

            @Override
            public void close() {
                if (done) return;
                done = true;
                putBack.run();
            }

            @Override
            public String toString() {
                return done ? "Undo (done)" : "Undo";
            }
        };
    }
}
