package dev.rondo.benchmarks.dispatch;

import java.util.List;

/** Calls every callback for every event, through an interface with one method per event. */
final class InterfaceLoop implements Loop {
    private final EventListener[] callbacks;

    InterfaceLoop(List<Counter> callbacks) {
        this.callbacks = callbacks.toArray(EventListener[]::new);
    }

    @Override
    public void batches(int n) {
        for (int i = 0; i < n; i++) batch();
    }

    private void batch() {
        for (EventListener c : callbacks) c.beforeBatch();
        NativeWork.run();
        for (EventListener c : callbacks) c.afterPred();
        NativeWork.run();
        for (EventListener c : callbacks) c.afterLoss();
        NativeWork.run();
        for (EventListener c : callbacks) c.beforeBackward();
        NativeWork.run();
        for (EventListener c : callbacks) c.afterBackward();
        NativeWork.run();
        for (EventListener c : callbacks) c.beforeStep();
        NativeWork.run();
        for (EventListener c : callbacks) c.afterCancelStep();
        NativeWork.run();
        for (EventListener c : callbacks) c.afterStep();
        NativeWork.run();
        for (EventListener c : callbacks) c.afterBatch();
        NativeWork.run();
    }
}
