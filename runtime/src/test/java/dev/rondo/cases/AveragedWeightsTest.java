package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static dev.rondo.torch.Tensors.assertNoMoreHandles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.callback.SWA;
import dev.rondo.callback.WeightEMA;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import dev.rondo.nn.BatchNorm1d;
import dev.rondo.nn.Dropout;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Averages of weights. The averages are those of torch.optim.swa_utils.AveragedModel, PyTorch 2.10.0, with get_ema_multi_avg_fn(0.9), and
 * with its plain average over the last two of four epochs. Without an average, a and b are (.13, .08) and (.6619, .2293) after the steps of
 * the first epoch, and (1.114004, .386525), (1.422755, .494497) and (1.633552, .568811) after the following epochs.
 */
class AveragedWeightsTest extends Fixture {
    private final List<double[]> seen = new ArrayList<>();

    private Object look(Event at) {
        return Callbacks.on(at, 99, l -> seen.add(line.values()));
    }

    private void learn(Object... callbacks) {
        learner(callbacks);
        learner.add("look", look(AFTER_LOSS));
    }

    @Test
    void validationUsesTheMovingAverage_trainingUsesTheWeights() {
        learn(new WeightEMA(.9));
        learner.add("after", look(AFTER_EPOCH));
        learner.fit(2, .01);
        assertClose(seen.get(1), .13, .08);
        assertClose(seen.get(2), .18319, .09493);
        assertClose(seen.get(3), .18319, .09493); // at after_epoch, where the weights may be saved
        assertClose(seen.get(4), .6619, .2293);
        assertClose(seen.get(7), .3274577, .1411829);
        assertClose(learner.recorder().rows().get(0).cells().get("valid_loss"), 14.00417);
        assertClose(learner.recorder().rows().get(1).cells().get("valid_loss"), 12.04029);
        assertLine(.3274577, .1411829);
    }

    @Test
    void swaAveragesTheLastEpochsWithEqualWeight() {
        learn(new SWA(.5));
        learner.fit(4, .01);
        assertClose(seen.get(5), 1.114004, .386525); // no average yet
        assertClose(seen.get(8), 1.422755, .494497);
        assertClose(seen.get(9), 1.422755, .494497);
        assertClose(seen.get(11), 1.528154, .531654);
        assertClose(learner.recorder().rows().get(3).cells().get("valid_loss"), 1.438907);
        assertLine(1.528154, .531654);
    }

    @Test
    void theNextFitStartsFromTheAverage() {
        learn(new WeightEMA(.9));
        learner.fit(2, .01);
        seen.clear();
        learner.fit(1, 0);
        assertClose(seen.get(0), .3274577, .1411829);
        assertLine(.3274577, .1411829);
    }

    @Test
    void trainingIsBitForBitTheSame() {
        List<double[]> plain = steps();
        List<double[]> averaged = steps(new WeightEMA(.99), new SWA(0));
        for (int i = 0; i < 6; i++) assertArrayEquals(plain.get(i), averaged.get(i));
    }

    /** a and b after each step of three epochs of a new learner. */
    private List<double[]> steps(Object... callbacks) {
        List<double[]> steps = new ArrayList<>();
        LinearModel own = new LinearModel();
        try (Learner learner = given(own, Numbers.batches(2), Numbers.batches(1))
                .callbacks(callbacks)
                .build()) {
            learner.add(Callbacks.on(AFTER_STEP, 99, l -> steps.add(own.values())));
            learner.fit(3, .01);
        }
        own.close();
        return steps;
    }

    /** The weights are swapped with the average; if they were overwritten, the graph of the batch would use wrong values. */
    @Test
    void aValidationBetweenForwardAndBackwardChangesNoGradient() {
        learn(new WeightEMA(.9));
        List<double[]> gradients = new ArrayList<>();
        learner.add("validate", Callbacks.on(AFTER_LOSS, 100, l -> {
            if (l.training()) l.validate();
        }));
        learner.add("gradients", Callbacks.on(AFTER_BACKWARD, l -> gradients.add(line.gradients())));
        learner.fit(1, .01);
        assertClose(gradients.get(0), -13, -8);
        assertClose(gradients.get(1), -53.19, -14.93);
        assertLine(.18319, .09493);
        assertClose(seen.get(2), .13, .08); // in the second batch
        assertClose(seen.get(3), .13, .08); // in its validation: the average of one step
    }

    @Test
    void skippedStepsAndCancelledBatchesDoNotUpdateTheAverage() {
        learn(new WeightEMA(.9));
        learner.add("skip", Throw.once(BEFORE_STEP, l -> l.trainIter() == 1, CancelStepException.INSTANCE));
        learner.add("cancel", Throw.once(BEFORE_STEP, 2, l -> l.trainIter() == 2, CancelBatchException.INSTANCE));
        learner.fit(2, .01);
        // two steps: (.13, .08), and the last one with both gradients
        double[] last = {10 * (line.values()[0] - .9 * .13), 10 * (line.values()[1] - .9 * .08)};
        assertTrue(last[0] > .2, () -> "the average holds two steps: " + last[0]);
        assertClose(seen.get(2), .13, .08); // the first validation sees one step
    }

    @Test
    void withoutAStepTheWeightsDoNotChange() {
        learn(new WeightEMA(), new SWA());
        learner.add("cancel", Throw.always(BEFORE_BATCH, 1, l -> true, CancelBatchException.INSTANCE));
        set(line, 3, 0);
        learner.fit(2);
        learner.fit(0);
        assertLine(3, 0);
    }

    @Test
    void theAverageIsKeptWhenAFitIsCancelled() {
        learn(new WeightEMA(.9), Throw.once(AFTER_EPOCH, CancelFitException.INSTANCE));
        learner.fit(5, .01);
        assertLine(.18319, .09493);
    }

    /** Wherever a fit fails, the model keeps the weights of its last step. */
    @Test
    void afterAnErrorTheModelHasTheWeightsOfTraining() {
        for (Event at : List.of(BEFORE_VALIDATE, AFTER_LOSS, AFTER_VALIDATE, AFTER_EPOCH)) {
            line.close();
            line = new LinearModel();
            learner(new WeightEMA(.9), Callbacks.on(at, 5, l -> {
                if (!l.training()) throw new ArithmeticException();
            }));
            assertThrows(CallbackException.class, () -> learner.fit(1, .01));
            assertLine(.6619, .2293);
            learner.close();
        }
    }

    @Test
    void trainingContinuesAfterACancelledValidation() {
        learn(new WeightEMA(.9), Throw.always(AFTER_PRED, 1, Throw.VALIDATING, CancelValidException.INSTANCE));
        learner.fit(2, .01);
        assertLine(.3274577, .1411829);
    }

    /** A nested fit must not train the average, and lrFind must not update it. */
    @Test
    void aFitNestedInAnEpochTrainsTheWeights() {
        boolean[] once = {true};
        learn(new WeightEMA(.9));
        learner.add("nested", Callbacks.on(AFTER_EPOCH, l -> {
            if (!once[0]) return;
            once[0] = false;
            l.fit(1, .01);
        }));
        learner.fit(1, .01);
        // one validation batch, then the inner fit's first batch
        assertClose(seen.get(3), .6619, .2293);
        assertLine(.18319, .09493); // not averaged
    }

    /** Predictions use the average; the training continues with the weights. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void predictionsInABatchDoNotChangeTheTraining(boolean inner) {
        learn(new WeightEMA(.9));
        learner.add("predicts", Callbacks.on(AFTER_BATCH, l -> {
            if (l.training())
                l.getPreds(Numbers.batches(1), p -> p.inner(inner)).close();
        }));
        learner.fit(2, .01);
        assertLine(.3274577, .1411829);
    }

    @Test
    void validateUsesTheCurrentWeights() {
        learn(new WeightEMA(.9));
        learner.fit(1, .01);
        learner.validate();
        assertClose(seen.get(3), .18319, .09493);
        learner.getPreds(Numbers.batches(1)).close();
        assertLine(.18319, .09493);
    }

    /** The second epoch with the state and the weights after the first has the same average. */
    @Test
    void itsStateIsSavedAndRestored() {
        learner(new WeightEMA(.9));
        List<Map<String, Map<String, Object>>> states = new ArrayList<>();
        learner.add("save", Callbacks.on(AFTER_TRAIN, 1, l -> states.add(l.callbackStates())));
        learner.fit(2, .01);
        LinearModel second = new LinearModel();
        set(second, .6619, .2293);
        try (Learner resumed =
                given(second, Numbers.batches(2), Numbers.batches(1)).build()) {
            resumed.add("R", new WeightEMA(.9));
            resumed.fit(1, fit -> fit.lr(.01).resume(states.get(0)));
            assertClose(second.values(), .3274577, .1411829);
        }
        second.close();
    }

    @Test
    void aStateOfAnotherModelIsRejected() {
        learner(new WeightEMA());
        List<Map<String, Map<String, Object>>> states = new ArrayList<>();
        learner.add("save", Callbacks.on(AFTER_TRAIN, 1, l -> states.add(l.callbackStates())));
        learner.fit(1, .01);
        try (Learner other = given(net, Numbers.batches(1), Numbers.batches(1)).build()) {
            other.add("R", new WeightEMA());
            Exception e =
                    assertThrows(IllegalArgumentException.class, () -> other.fit(1, fit -> fit.resume(states.get(0))));
            assertEquals(
                    "The state has averages of 2 tensors, but the model has 4. Restore it with the model that it was"
                            + " saved with.",
                    e.getMessage());
            other.fit(1, .01); // with a new average
        }
        net.close();
    }

    private static void set(LinearModel line, double a, double b) {
        try (NoGrad off = NoGrad.enter()) {
            line.a.fill_(new Scalar(a));
            line.b.fill_(new Scalar(b));
        }
    }

    // ---- buffers

    private final BatchNorm1d norm = new BatchNorm1d(1);
    private final Sequential net = new Sequential(norm, new Dropout(.5), new Linear(1, 1));

    private double[] statistics() {
        return new double[] {
            Tensors.values(norm.buffers().get("running_mean"))[0],
            Tensors.values(norm.buffers().get("running_var"))[0]
        };
    }

    /**
     * Batches 1, 2 and 3, 5 have means 1.5 and 4 and variances .5 and 2. The statistics are their plain averages, as in torch's update_bn.
     */
    @Test
    void statisticsOfNormsAreRecomputedAtTheEnd() {
        learner = given(net, Numbers.of(2, 2), Numbers.batches(1))
                .callbacks(new SWA(0))
                .build();
        learner.fit(3, .01);
        assertClose(statistics(), 2.5, .5);
        assertClose(norm.momentum(), .1);
        assertTrue(!norm.training() && !net.training(), "the mode of a validation, which was the last");
        net.close();
    }

    @Test
    void frozenNormsKeepTheirStatistics() {
        norm.parameters().get(0).tensor().set_requires_grad(false);
        learner = given(net, Numbers.of(2, 2), Numbers.batches(1))
                .callbacks(new SWA(0))
                .build();
        learner.fit(1, .01);
        assertClose(statistics()[0], .1 * 3.5 + .9 * .1 * 1.5);
        net.close();
    }

    @Test
    void buffersAreThoseOfTraining_unlessTheyAreAveragedToo() {
        for (boolean buffers : new boolean[] {false, true}) {
            norm.resetRunningStatistics();
            learner = given(net, Numbers.of(2, 2), Numbers.batches(1))
                    .callbacks(buffers ? new WeightEMA(.5).withBuffers() : new WeightEMA(.5))
                    .build();
            learner.fit(1, .01);
            double first = .1 * 1.5, second = .1 * 3.5 + .9 * first;
            assertClose(statistics()[0], buffers ? (first + second) / 2 : second);
            learner.close();
        }
        net.close();
    }

    @Test
    void stepsAndFitsLeaveNoHandles() throws InterruptedException {
        List<Long> handles = new ArrayList<>();
        build(given(Numbers.batches(20), Numbers.batches(1)).optimizer(Optimizers.adamW()));
        learner.add(new WeightEMA());
        learner.add(new SWA());
        learner.fit(1, 1e-4);
        learner.add("count", Callbacks.on(BEFORE_BATCH, -99, l -> handles.add(Pointer.totalCount())));
        learner.fit(2, 1e-4);
        assertNoMoreHandles(handles.subList(24, 40));
        long before = Tensors.handles();
        try (PointerScope memory = new PointerScope()) {
            learner.fit(3, 1e-4);
        }
        assertTrue(Tensors.handles() <= before);
    }
}
