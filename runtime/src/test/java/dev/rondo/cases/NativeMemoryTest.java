package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static dev.rondo.torch.Tensors.assertNoMoreHandles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.MixedPrecision;
import dev.rondo.annotation.On;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.MixUp;
import dev.rondo.callback.ReduceLROnPlateau;
import dev.rondo.callback.TerminateOnNaN;
import dev.rondo.callback.TimeBudget;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.GradScaler;
import dev.rondo.torch.Tensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** A batch does not change the number of live native handles, however it ends. */
class NativeMemoryTest extends Fixture {
    /** Counts the handles at the start of each batch, and throws in every fourth batch. */
    static final class Trouble {
        private final List<Long> handles = new ArrayList<>();
        private int calls;
        private int batches;
        boolean errors;

        @On(value = Event.BEFORE_BATCH, order = -1e9)
        void count(Learner learner) {
            handles.add(Pointer.totalCount());
            batches++;
        }

        @On({BEFORE_BATCH, AFTER_PRED, AFTER_LOSS, BEFORE_BACKWARD, AFTER_BACKWARD, BEFORE_STEP, AFTER_STEP, AFTER_BATCH
        })
        @SuppressWarnings({"rondo:cancel-too-wide", "rondo:cancel-no-effect"})
        void disturb(Learner learner) throws CancelException {
            if (batches % 4 != 0 || batches < 8) return;
            Event at = learner.event();
            if (++calls % 11 != 0) return;
            if (errors) throw new ArithmeticException();
            for (Scope scope : List.of(Scope.STEP, Scope.BACKWARD, Scope.BATCH)) {
                if (at.cancels().contains(scope)) throw CancelException.of(scope);
            }
        }
    }

    @Test
    void aLongFitWithCancels() {
        Trouble trouble = new Trouble();
        build(given(Numbers.batches(100), Numbers.batches(100))
                .optimizer(Optimizers.adamW())
                .metrics(mae()));
        learner.add(trouble);
        learner.fit(2, 1e-4);
        assertEquals(400, trouble.handles.size());
        assertNoMoreHandles(trouble.handles.subList(200, 300)); // the second epoch's training
        assertNoMoreHandles(trouble.handles.subList(300, 400)); // and its validation
    }

    @Test
    void aLongFitWithBuiltInCallbacks() {
        Trouble trouble = new Trouble();
        build(given(Numbers.batches(100), Numbers.batches(100)).optimizer(Optimizers.adam()));
        for (Object c : List.of(
                trouble,
                new GradientAccumulation(4),
                new GradientClip(1),
                new GradientClip(1, 1),
                GradientClip.byValue(1),
                new TerminateOnNaN(),
                TerminateOnNaN.deferred(3),
                new ReduceLROnPlateau(),
                new TimeBudget(Duration.ofHours(1)))) {
            learner.add("c" + learner.callbacks().size(), c);
        }
        learner.fitOneCycle(2, 1e-4);
        assertNoMoreHandles(sampled(trouble.handles.subList(204, 300)));
        assertNoMoreHandles(sampled(trouble.handles.subList(303, 400)));
    }

    @Test
    void fitsInMixedPrecision() throws InterruptedException {
        for (MixedPrecision precision :
                List.of(MixedPrecision.fp16(new GradScaler(16, 2, .5, 5)), MixedPrecision.bf16())) {
            Trouble trouble = new Trouble();
            build(given(Numbers.batches(101), Numbers.batches(100)));
            for (Object c :
                    List.of(trouble, precision, new GradientAccumulation(4), new GradientClip(1), new MixUp())) {
                learner.add("c" + learner.callbacks().size(), c);
            }
            List<Long> handles = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                try (PointerScope memory = new PointerScope()) {
                    learner.fit(1, 1e-4);
                }
                if (i >= 2) handles.add(Tensors.handles());
            }
            assertNoMoreHandles(handles);
            assertNoMoreHandles(sampled(trouble.handles.subList(1009, 1106)));
            assertNoMoreHandles(sampled(trouble.handles.subList(1108, 1206)));
            learner.close();
        }
    }

    /** Every sixth batch: in between, losses are not checked yet and gradients accumulate. */
    private static List<Long> sampled(List<Long> handles) {
        List<Long> sampled = new ArrayList<>();
        for (int i = 0; i < handles.size(); i += 6) sampled.add(handles.get(i));
        return sampled;
    }

    @Test
    void fitsValidationsAndPredictionsThatFail() throws InterruptedException {
        Trouble trouble = new Trouble();
        trouble.errors = true;
        build(given(Numbers.batches(10), Numbers.batches(10))
                .optimizer(Optimizers.sgd(.9, .1))
                .metrics(mae()));
        learner.add(trouble);
        List<Long> handles = new ArrayList<>();
        int failures = 0;
        for (int i = 0; i < 12; i++) {
            List<Runnable> runs = List.of(() -> learner.fit(1, 1e-4), () -> learner.validate(), () -> learner.getPreds(
                            learner.dataLoaders().valid())
                    .close());
            for (Runnable run : runs) {
                try (PointerScope memory = new PointerScope()) {
                    run.run();
                } catch (CallbackException expected) {
                    failures++;
                }
            }
            if (i >= 4) handles.add(Tensors.handles());
        }
        assertTrue(failures > 12, "some runs of each kind fail");
        assertNoMoreHandles(handles);
    }

    @Test
    void aKeptTensorOutlivesItsBatch() {
        List<Tensor> kept = new ArrayList<>();
        learner(Callbacks.on(AFTER_PRED, l -> kept.add(l.keep(l.pred()))));
        learner.fit(1);
        assertClose(values(kept.get(0)), 0, 0);
        kept.forEach(Pointer::close);
    }

    @Test
    void aClosedLearnerLeavesNoHandle() throws InterruptedException {
        lifeOfALearner(); // operators and other constants are made once
        long before = Tensors.handles();
        for (int i = 0; i < 5; i++) lifeOfALearner();
        assertEquals(before, Tensors.handles());
    }

    /** On a new thread, which has no native scope that would free or hold the handles of the learner. */
    private void lifeOfALearner() throws InterruptedException {
        Thread thread = new Thread(() -> {
            try (Learner closed =
                    given().metrics(mae()).optimizer(Optimizers.adamW()).build()) {
                closed.fit(2);
                closed.validate();
                closed.getPreds(Numbers.batches(2)).close();
            }
        });
        thread.start();
        thread.join();
    }
}
