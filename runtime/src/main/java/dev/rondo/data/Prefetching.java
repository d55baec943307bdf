package dev.rondo.data;

import dev.rondo.torch.Handles;
import dev.rondo.torch.Torch;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A pass that prepares batches on another thread. The worker creates batches and puts them into a short queue; the caller of {@link #next}
 * closes them.
 *
 * <p>A worker that is far enough ahead sleeps for a short time and looks again; the time adapts to the speed of the training. Waking it for
 * each batch would cost the caller a system call, a tenth of a short step. The caller wakes it only if the queue is empty.
 */
final class Prefetching implements DataLoader.Pass {
    /** An item of the queue: a batch, an error, or the end if both are null. */
    private record Item(@Nullable Batch batch, @Nullable Throwable failure) {}

    /** Threads are reused by later passes, because starting a thread takes longer than a short step. */
    private static final Executor WORKERS = Executors.newCachedThreadPool(Prefetching::thread);

    private static final long SHORTEST_SLEEP = 20_000; // ns
    private static final long LONGEST_SLEEP = 100_000_000;

    private final BlockingQueue<Item> ready = new LinkedBlockingQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch left = new CountDownLatch(1); // the worker no longer uses the data
    private final int ahead;
    private volatile @Nullable Thread worker; // null until it starts
    private volatile boolean closed;
    private @Nullable Batch last;
    private boolean ended;

    Prefetching(DataLoader.Pass source, int ahead) {
        this.ahead = ahead;
        int threads = Torch.threads();
        WORKERS.execute(() -> {
            try {
                work(source, threads);
            } catch (Throwable t) {
                ready.add(new Item(null, t));
            } finally {
                ready.add(new Item(null, null));
                left.countDown();
            }
        });
    }

    /** Creates a thread that does not reference the program that made the first pass. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "rondo-prefetch", 0, false);
        thread.setContextClassLoader(Prefetching.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** @param threads the number of threads of an operator, which libtorch stores for each calling thread */
    private void work(DataLoader.Pass source, int threads) {
        worker = Thread.currentThread();
        try (source) {
            if (Torch.threads() != threads) Torch.setThreads(threads);
            long sleep = SHORTEST_SLEEP;
            for (int made = 0; ; made++) {
                while (made - taken.get() >= ahead && !closed) {
                    LockSupport.parkNanos(this, sleep);
                    sleep = Math.min(LONGEST_SLEEP, sleep + sleep / 2);
                }
                if (closed) return;
                sleep = ready.isEmpty() ? SHORTEST_SLEEP : Math.max(SHORTEST_SLEEP, sleep / 2);
                try (PointerScope temporary = new PointerScope()) {
                    Batch batch = source.next();
                    if (batch == null) return;
                    ready.add(new Item(source instanceof TensorLoader.Batches own ? own.take() : copied(batch), null));
                }
            }
        }
    }

    /** A copy that belongs to this pass; the source frees its batch, or uses the memory again. */
    private static Batch copied(Batch batch) {
        Batch copy = new Batch(copied(batch.xb()), copied(batch.yb()));
        Stream.of(copy.xb(), copy.yb()).flatMap(List::stream).forEach(Handles::own); // after all calls that can fail
        return copy;
    }

    private static List<Tensor> copied(List<Tensor> tensors) {
        return tensors.stream().map(Handles::copy).toList();
    }

    @Override
    public @Nullable Batch next() {
        if (closed) throw TensorLoader.closed(); // otherwise it would wait for ever
        release();
        if (ended) return null;
        Item item = take();
        if (item.batch == null) {
            ended = true;
            if (item.failure instanceof Error e) throw e;
            if (item.failure instanceof RuntimeException e) throw e;
            if (item.failure != null) {
                throw new IllegalStateException("A batch could not be prepared: " + item.failure, item.failure);
            }
        }
        return last = item.batch;
    }

    private Item take() {
        try {
            if (Thread.interrupted()) throw new InterruptedException(); // also if a batch is ready
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

    @Override
    public String toString() {
        return closed ? "Pass (closed)" : "Pass";
    }

    @Override
    public void close() {
        closed = true;
        release();
        LockSupport.unpark(worker);
        awaitWorker();
        for (Item item = ready.poll(); item != null; item = ready.poll()) if (item.batch != null) item.batch.close();
    }

    /** Waits until the worker no longer uses the data, also if this thread is interrupted. */
    private void awaitWorker() {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
