package dev.rondo.benchmarks.dispatch;

import java.util.List;

/** Calls every callback for every event, through an interface with one method per event. */
final class Asked implements Loop {
    private final EveryEvent[] callbacks;

    Asked(List<Counter> callbacks) {
        this.callbacks = callbacks.toArray(EveryEvent[]::new);
    }

    @Override
    public void batches(int n) {
        for (int i = 0; i < n; i++) batch();
    }

    private void batch() {
        for (EveryEvent c : callbacks) c.beforeBatch();
        Native.work();
        for (EveryEvent c : callbacks) c.afterPred();
        Native.work();
        for (EveryEvent c : callbacks) c.afterLoss();
        Native.work();
        for (EveryEvent c : callbacks) c.beforeBackward();
        Native.work();
        for (EveryEvent c : callbacks) c.afterBackward();
        Native.work();
        for (EveryEvent c : callbacks) c.beforeStep();
        Native.work();
        for (EveryEvent c : callbacks) c.afterCancelStep();
        Native.work();
        for (EveryEvent c : callbacks) c.afterStep();
        Native.work();
        for (EveryEvent c : callbacks) c.afterBatch();
        Native.work();
    }
}
