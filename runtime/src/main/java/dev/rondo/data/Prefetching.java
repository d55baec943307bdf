package dev.rondo.data;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A pass that runs ahead on another thread. Batches change hands through a short queue: the worker makes them, the caller of
 * {@link #next} closes them.
 *
 * <p>A worker that has run far enough ahead looks again after a short sleep, whose length follows the pace of the training. Having it
 * woken would cost the caller a system call, which takes a tenth of a short step; the caller wakes it only when it finds the queue empty.
 */
final class Prefetching implements DataLoader.Pass {
    /** What the queue carries: a batch, an error, or, with neither, the end. */
    private record Item(Batch batch, Throwable failure) {}

    /** Its threads outlive a pass: to start one takes longer than a short step. */
    private static final Executor WORKERS = Executors.newCachedThreadPool(Prefetching::thread);

    private static final long SHORTEST_SLEEP = 20_000; // ns
    private static final long LONGEST_SLEEP = 1_000_000;

    private final BlockingQueue<Item> ready = new LinkedBlockingQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final int ahead;
    private final CompletableFuture<Void> work;
    private volatile Thread worker; // null until it starts
    private volatile boolean closed;
    private Batch last;
    private boolean ended;

    Prefetching(TensorLoader.Batches source, int ahead) {
        this.ahead = ahead;
        work = CompletableFuture.runAsync(() -> work(source), WORKERS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rondo-prefetch");
        thread.setDaemon(true);
        return thread;
    }

    private void work(TensorLoader.Batches source) {
        worker = Thread.currentThread();
        try (source) {
            long sleep = SHORTEST_SLEEP;
            for (int made = 0; ; made++) {
                while (made - taken.get() >= ahead && !closed) {
                    LockSupport.parkNanos(this, sleep);
                    sleep = Math.min(LONGEST_SLEEP, sleep + sleep / 2);
                }
                if (closed) return;
                sleep = Math.max(SHORTEST_SLEEP, sleep / 2);
                Item item = draw(source);
                ready.add(item);
                if (item.batch == null) return;
            }
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
        Item item = take();
        if (item.batch == null) {
            ended = true;
            if (item.failure instanceof Error e) throw e;
            if (item.failure instanceof RuntimeException e) throw e;
        }
        return last = item.batch;
    }

    private Item take() {
        try {
            if (Thread.interrupted()) throw new InterruptedException(); // also where there is nothing to wait for
            Item item = ready.poll();
            if (item == null) {
                LockSupport.unpark(worker);
                item = ready.take();
            }
            taken.incrementAndGet();
            return item;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the next batch.", e);
        }
    }

    private void release() {
        if (last != null) last.close();
        last = null;
    }

    /** Waits for the worker to leave the data, also while the thread is interrupted. */
    @Override
    public void close() {
        closed = true;
        release();
        LockSupport.unpark(worker);
        work.join();
        for (Item item = ready.poll(); item != null; item = ready.poll()) if (item.batch != null) item.batch.close();
    }
}
