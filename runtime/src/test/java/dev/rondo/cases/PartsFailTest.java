package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.event.Event;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Group F: exceptions of model, loss, loader and optimizer are not wrapped, and the learner can be used again. */
class PartsFailTest extends Fixture {
    private final RuntimeException failure = new IllegalArgumentException("no");
    private boolean fails = true;

    private void fail() {
        if (fails) throw failure;
    }

    private void assertFails(String trace) {
        assertSame(failure, assertThrows(RuntimeException.class, () -> learner.fit(1)));
        assertTrace(trace);
        fails = false;
        learner.fit(1);
        assertTrace("BF E AF");
    }

    private final class Failing extends LinearModel {
        @Override
        public Tensor forward(Tensor... inputs) {
            fail();
            return super.forward(inputs);
        }
    }

    @Test
    void f6_errorsOfTheModelAreNotWrapped() {
        line = new Failing();
        learner();
        assertFails("BF BE BT BB");
    }

    @Test
    void f6_errorsOfTheLossAreNotWrapped() {
        Loss mse = Losses.mse();
        Loss loss = (pred, yb) -> {
            fail();
            return mse.of(pred, yb);
        };
        build(Learner.builder(new DataLoaders(Numbers.batches(2), Numbers.batches(1)), line, loss)
                .progress(false));
        assertFails("BF BE BT BB AP");
    }

    /** A loader that fails when a pass begins, or at its second batch. */
    private DataLoader loader(boolean atOnce) {
        DataLoader numbers = Numbers.batches(2);
        return new DataLoader() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public Pass open(long epoch) {
                if (atOnce) fail();
                Pass pass = numbers.open(epoch);
                return new Pass() {
                    private int drawn;

                    @Override
                    public Batch next() {
                        if (++drawn == 2) fail();
                        return pass.next();
                    }

                    @Override
                    public void close() {
                        pass.close();
                    }
                };
            }
        };
    }

    @Test
    void errorsOfTheLoaderBetweenTwoBatches() {
        build(given(loader(false), Numbers.batches(1)));
        assertFails("BF BE BT t");
    }

    @Test
    void errorsOfTheLoaderAtItsStart() {
        build(given(loader(true), Numbers.batches(1)));
        assertFails("BF BE BT");
    }

    @Test
    void errorsOfTheOptimizerFactory_beforeTheFirstEvent() {
        Optimizer.Factory sgd = Optimizers.sgd();
        build(given().optimizer((groups, lr) -> {
            fail();
            return sgd.create(groups, lr);
        }));
        assertFails("");
    }

    @Test
    void errorsOfTheOptimizerInItsStep() {
        learner(Callbacks.on(Event.BEFORE_STEP, l -> {
            if (fails) line.a.mutable_grad().set_data(torch.zeros(3, 3).to(ScalarType.Double)); // no gradient of a
        }));
        assertThrows(RuntimeException.class, () -> learner.fit(1));
        assertTrace("BF BE BT BB AP AL BW AW BS");
        fails = false;
        learner.freezeTo(1).freezeTo(0); // drops the gradient
        learner.fit(1);
        assertTrace("BF E AF");
    }

    @Test
    void aWrongNumberOfLearningRates() {
        learner();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> learner.fit(1, fit -> fit.lr(List.of(.1, .2, .3))));
        assertEquals("Trying to set 3 values for lr but there are 1 parameter groups.", e.getMessage());
        assertTrace("");
        assertThrows(IllegalArgumentException.class, () -> learner.fit(-1));
        learner.fit(1);
        assertTrace("BF E AF");
    }
}
