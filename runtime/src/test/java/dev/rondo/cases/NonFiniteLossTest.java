package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_BATCH;
import static dev.rondo.event.Event.BEFORE_BATCH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.ParamScheduler;
import dev.rondo.callback.NonFiniteLoss;
import dev.rondo.data.Batch;
import dev.rondo.log.Warnings;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.Schedules;
import dev.rondo.spi.CallbackTable;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;

/** Losses that are NaN or infinite, in fits that go on. */
class NonFiniteLossTest extends Fixture {
    private final List<double[]> values = new ArrayList<>(); // of the parameters after each training batch
    private final List<Double> rates = new ArrayList<>();

    private void fit(NonFiniteLoss callback, Object... others) {
        build(given(Numbers.batches(6), Numbers.batches(1))
                .optimizer(Optimizers.sgd(.9, 0))
                .lr(.001));
        learner.add(callback);
        for (Object other : others) learner.add("C" + learner.callbacks().size(), other);
        learner.add("records", Callbacks.on(AFTER_BATCH, 100, l -> {
            if (!l.training()) return;
            values.add(line.values());
            rates.add(l.lr());
        }));
        learner.fit(1);
    }

    /** Makes the loss of these batches NaN. */
    private static CallbackTable<dev.rondo.Learner> nanAt(Integer... batches) {
        Set<Integer> nan = Set.of(batches);
        return Callbacks.on(BEFORE_BATCH, l -> {
            if (l.training() && nan.contains(l.iter())) l.setBatch(Batch.of(l.x().mul(new Scalar(Double.NaN)), l.y()));
        });
    }

    @Test
    void theBatchIsLeftOut_andItsLossIsNotRecorded() {
        List<String> warnings = Warnings.of(() -> fit(NonFiniteLoss.skipBatch(), nanAt(2)));
        assertArrayEquals(values.get(1), values.get(2));
        assertEquals(5, learner.recorder().smoothLosses().length);
        assertTrue(Double.isFinite(learner.smoothLoss()));
        assertTrue(warnings.get(0).contains("The loss of batch 2 in epoch 0 is not finite"), warnings.toString());
    }

    @Test
    void theWeightsOfAnEarlierBatchAreRestored_andTheRateIsReduced() {
        fit(NonFiniteLoss.rollBack(2, .5), nanAt(3));
        assertArrayEquals(values.get(1), values.get(3)); // the weights after two batches
        assertEquals(List.of(.001, .001, .001, .0005, .0005, .0005), rates);
    }

    @Test
    void weightsAfterWhichTheLossIsNotFiniteAreNotRestored() {
        fit(NonFiniteLoss.rollBack(2, .5), nanAt(2, 3)); // copied after two batches, never followed by a finite loss
        assertArrayEquals(new double[] {0, 0}, values.get(3));
        assertEquals(.00025, rates.get(3));
    }

    @Test
    void aScheduleGoesOnWithReducedRates() {
        fit(NonFiniteLoss.rollBack(1, .1), new ParamScheduler(Hyper.LR, Schedules.linear(.006, 0)), nanAt(2));
        assertClose(rates.stream().mapToDouble(r -> r).toArray(), .006, .005, .0006, .0003, .0002, .0001);
    }

    @Test
    void tooManyOfThemEndTheFit() {
        fit(NonFiniteLoss.skipBatch().withLimit(2), nanAt(1, 3, 4));
        assertEquals(4, values.size(), "two in a row"); // the fit ended in the fifth batch
        fit(NonFiniteLoss.rollBack(1, .5).withLimit(2), nanAt(1, 3));
        assertEquals(4 + 3, values.size(), "two in the fit");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> NonFiniteLoss.rollBack(0, .5));
        assertThrows(IllegalArgumentException.class, () -> NonFiniteLoss.rollBack(1, 1));
        assertThrows(IllegalArgumentException.class, () -> NonFiniteLoss.rollBack(1, 0));
        assertThrows(
                IllegalArgumentException.class, () -> NonFiniteLoss.skipBatch().withLimit(0));
    }

    @Test
    void aLongFitHasAConstantNumberOfHandles() {
        List<Long> handles = new ArrayList<>();
        build(given(Numbers.batches(10), Numbers.batches(1)).lr(.0001));
        learner.add(NonFiniteLoss.rollBack(5, .9).withLimit(1000));
        learner.add("nan", nanAt(4));
        learner.add("counts", Callbacks.on(BEFORE_BATCH, -1e9, l -> {
            if (l.training() && l.iter() == 1) handles.add(Pointer.totalCount());
        }));
        learner.fit(20);
        Tensors.assertNoMoreHandles(handles.subList(8, 20));
    }
}
