package dev.rondo;

/** What was changed for a while; closing puts it back, closing again does nothing. For try-with-resources. */
public interface Undo extends AutoCloseable {
    @Override
    void close();

    /** An undo that puts back the first time it is closed. */
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
