package dev.rondo;

/** Undoes a temporary change when it is closed; closing it again does nothing. For try-with-resources. */
public interface Undo extends AutoCloseable {
    @Override
    void close();

    /** An undo that runs an action the first time it is closed. */
    static Undo once(Runnable putBack) {
        return new Undo() {
            private boolean done;

            @Override
            public void close() {
                if (done) return;
                done = true;
                putBack.run();
            }
        };
    }
}
