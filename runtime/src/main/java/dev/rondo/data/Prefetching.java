package dev.rondo.data;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * A pass that runs ahead on a thread of its own. Batches change hands through a short queue: the thread makes them, the caller of
 * {@link #next} closes them. The thread is woken when half of the queue is free, not at every batch: waking costs the caller
 * microseconds.
 */
final class Prefetching implements DataLoader.Pass {
    /** What the queue carries: a batch, an error, or, with neither, the end. */
    private record Item(Batch batch, Throwable failure) {}

    private final BlockingQueue<Item> ready = new LinkedBlockingQueue<>();
    private final Semaphore free;
    private final int half;
    private int taken;
    private final Thread worker;
    private Batch last;
    private boolean ended;
    private boolean closed;

    Prefetching(TensorLoader.Batches source, int ahead) {
        free = new Semaphore(ahead);
        half = Math.max(1, ahead / 2);
        worker = new Thread(() -> work(source), "rondo-prefetch");
        worker.setDaemon(true);
        worker.start();
    }

    private void work(TensorLoader.Batches source) {
        try (source) {
            Item item;
            do {
                try {
                    free.acquire();
                } catch (InterruptedException closed) {
                    return;
                }
                item = draw(source);
                ready.add(item);
            } while (item.batch != null);
        }
    }

    private static Item draw(TensorLoader.Batches source) {
        try {
            return new Item(source.next() == null ? null : source.take(), null);
        } catch (Throwable t) {
            return new Item(null, t);
        }
    }

    @Override
    public Batch next() {
        if (closed) throw TensorLoader.closed(); // nothing would come any more: waiting would never end
        release();
        if (ended) return null;
        Item item;
        try {
            item = ready.take();
            if (++taken % half == 0) free.release(half);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the next batch.", e);
        }
        if (item.batch == null) {
            ended = true;
            if (item.failure instanceof Error e) throw e;
            if (item.failure instanceof RuntimeException e) throw e;
        }
        return last = item.batch;
    }

    private void release() {
        if (last != null) last.close();
        last = null;
    }

    @Override
    public void close() {
        closed = true;
        release();
        worker.interrupt();
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        for (Item item = ready.poll(); item != null; item = ready.poll()) if (item.batch != null) item.batch.close();
        if (interrupted) Thread.currentThread().interrupt();
    }
}
