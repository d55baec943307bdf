package bodies.swallowed_cancel;

import dev.rondo.annotation.On;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import java.io.IOException;

class SwallowedCancels {
    @On(Event.AFTER_LOSS)
    void direct(int trainIter) {
        try {
            if (trainIter > 100) throw CancelFitException.INSTANCE;
        } catch (Exception e) { // ! swallowed-cancel
            System.out.println(e);
        }
    }

    @On(Event.AFTER_LOSS)
    void helped() {
        try {
            stop(3);
        } catch (CancelException e) { // ! swallowed-cancel
            System.out.println("cancelled");
        }
    }

    private void stop(int n) throws CancelBatchException, CancelFitException {
        if (n > 2) throw CancelBatchException.INSTANCE;
        if (n > 1) throw CancelFitException.INSTANCE;
        try {
            stop(n + 1);
        } catch (Throwable t) { // ! swallowed-cancel
            throw new IllegalStateException(t);
        }
    }

    @On(Event.AFTER_BATCH)
    void oneOfTwo() {
        try {
            read();
            stop(1);
        } catch (CancelBatchException on) {
            System.out.println("on purpose");
        } catch (IOException | RuntimeException e) {
            System.out.println("no cancel");
        } catch (Exception e) { // ! swallowed-cancel
            System.out.println("a CancelFitException");
        }
    }

    private static void read() throws IOException {}
}
