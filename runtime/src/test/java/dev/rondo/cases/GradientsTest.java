package dev.rondo.cases;

import static dev.rondo.cases.Throw.TRAINING;
import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.NoGrad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Group G: gradients and steps, with a learning rate of 0.01. */
class GradientsTest extends Fixture {
    private static final Predicate<Learner> FIRST = l -> l.training() && l.iter() == 0;
    private static final Predicate<Learner> SECOND = l -> l.training() && l.iter() == 1;

    private final List<double[]> gradients = new ArrayList<>();
    private final List<double[]> lines = new ArrayList<>();

    private Learner fit(Object callback) {
        return fit(Optimizers.sgd(), 1, callback);
    }

    private Learner fit(Optimizer.Factory optimizer, int epochs, Object... callbacks) {
        build(given().lr(0.01).optimizer(optimizer));
        for (Object c : callbacks) learner.add(c);
        learner.add("backwards", Callbacks.on(AFTER_BACKWARD, l -> gradients.add(line.gradients())));
        learner.add("ends", Callbacks.on(AFTER_BATCH, l -> {
            if (l.training()) lines.add(line.values());
        }));
        return learner.fit(epochs);
    }

    private Learner fitCancelling(Event at, Predicate<Learner> when, CancelException cancel) {
        return fit(Throw.once(at, when, cancel));
    }

    @Test
    void g1_gradientsExistAfterTheStepAndAreDroppedAfterTheBatch() {
        List<double[]> stepped = new ArrayList<>(), ended = new ArrayList<>();
        fit(
                Optimizers.sgd(),
                1,
                Callbacks.on(AFTER_STEP, l -> stepped.add(line.gradients())),
                Callbacks.on(AFTER_BATCH, l -> ended.add(line.gradients())));
        assertClose(gradients.get(0), -13, -8);
        assertClose(gradients.get(1), -53.19, -14.93);
        assertClose(stepped.get(1), -53.19, -14.93);
        assertClose(ended.get(1), Double.NaN, Double.NaN); // fastai: zeros
        assertClose(lines.get(0), .13, .08);
        assertLine(.6619, .2293);
        assertClose(learner.recorder().last().orElseThrow().cells().get("valid_loss"), 8.16408);
    }

    @Test
    void g2_aCancelledStepDropsItsGradients() {
        fitCancelling(BEFORE_STEP, FIRST, CancelStepException.INSTANCE);
        assertClose(gradients.get(1), -57, -16);
        assertLine(.57, .16);
        assertClose(learner.recorder().last().orElseThrow().cells().get("valid_loss"), 9.42145);
    }

    @Test
    void g3_aCancelledBatchKeepsItsGradientsForTheNextBatch() {
        List<double[]> ended = new ArrayList<>();
        fit(
                Optimizers.sgd(),
                1,
                Throw.once(BEFORE_STEP, FIRST, CancelBatchException.INSTANCE),
                Callbacks.on(AFTER_BATCH, l -> ended.add(line.gradients())));
        assertClose(ended.get(0), -13, -8);
        assertClose(gradients.get(1), -70, -24);
        assertLine(.7, .24);
    }

    @Test
    void g4_evenIfItIsCancelledAfterItsStep() {
        fitCancelling(AFTER_STEP, FIRST, CancelBatchException.INSTANCE);
        assertClose(lines.get(0), .13, .08);
        assertClose(gradients.get(1), -66.19, -22.93);
        assertLine(.7919, .3093);
    }

    @Test
    void g5_orIfItIsCancelledAfterBackward() {
        fitCancelling(AFTER_BACKWARD, FIRST, CancelBatchException.INSTANCE);
        assertLine(.7, .24);
    }

    @Test
    void g6_aCancelledBackwardDoesNotCancelTheStep_whichHasNoGradients() {
        fitCancelling(BEFORE_BACKWARD, FIRST, CancelBackwardException.INSTANCE);
        assertClose(gradients.get(0), Double.NaN, Double.NaN);
        assertLine(.57, .16);
    }

    @Test
    void g7_theStepStillAppliesMomentumAndDecay() {
        fit(Optimizers.sgd(.9, .1), 1, Throw.once(BEFORE_BACKWARD, SECOND, CancelBackwardException.INSTANCE));
        assertClose(lines.get(0), .13, .08);
        assertLine(.24687, .15192);
    }

    @Test
    void g7_theSameWithoutTheCancel() {
        fit(Optimizers.sgd(.9, .1), 1);
        assertLine(.77877, .30122);
    }

    /** Doubles the loss that backward starts from. */
    static final class Doubling {
        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        Tensor twice(Tensor lossGrad) {
            return lossGrad.mul(new Scalar(2.0));
        }
    }

    private void assertDoubled() {
        assertClose(gradients.get(0), -26, -16);
        assertClose(gradients.get(1), -98.76, -27.72);
        assertLine(1.2476, .4372);
        assertClose(learner.recorder().smoothLosses(), 17, .98 * .02 / .0396 * 17 + .02 / .0396 * 48.7818);
    }

    @Test
    void g8_backwardStartsFromLossGrad_whichIsNotReported() {
        fit(new Doubling());
        assertDoubled();
    }

    @Test
    void g8_alsoWhenItIsChangedInPlace() {
        fit(Callbacks.on(AFTER_LOSS, l -> l.lossGrad().mul_(new Scalar(2.0))));
        assertDoubled();
    }

    @Test
    void g8_alsoWhenItIsReplacedAtBeforeBackward() {
        fit(Callbacks.on(BEFORE_BACKWARD, l -> l.setLossGrad(l.lossGrad().mul(new Scalar(2.0)))));
        assertDoubled();
    }

    @Test
    void g9_lossIsReported_andBackwardDoesNotStartFromIt() {
        List<Double> reported = new ArrayList<>();
        fit(
                Optimizers.sgd(),
                1,
                Callbacks.on(AFTER_LOSS, l -> l.setLoss(l.loss().mul(new Scalar(100.0)))),
                Callbacks.on(AFTER_BATCH, l -> {
                    if (l.training()) reported.add(l.loss().item_double());
                }));
        assertClose(gradients.get(1), -53.19, -14.93);
        assertClose(reported.stream().mapToDouble(d -> d).toArray(), 1700, 5660.045);
        assertClose(learner.recorder().smoothLosses(), 1700, 3700.02);
        assertClose(learner.recorder().last().orElseThrow().cells().get("valid_loss"), 816.408);
    }

    @Test
    void g10_gradientsOfACancelledTrainingAreUsedInTheNextEpoch() {
        fit(
                Optimizers.sgd(),
                2,
                Throw.once(BEFORE_STEP, l -> l.epoch() == 0 && l.iter() == 1, CancelTrainException.INSTANCE));
        assertClose(gradients.get(2), -65.3, -22.38);
        assertLine(1.135984, .402914);
    }

    @Test
    void g11_gradientsOfACancelledFitAreUsedInTheNextFit() {
        fitCancelling(AFTER_BACKWARD, TRAINING, CancelFitException.INSTANCE);
        assertClose(line.gradients(), -13, -8);
        learner.fit(1);
        assertClose(gradients.get(1), -26, -16);
        assertLine(.7538, .2986);
    }

    /** Runs backward itself, from three times the loss. */
    static final class BackwardOfItsOwn {
        @On(Event.BEFORE_BACKWARD)
        void backward(Tensor lossGrad) throws CancelBackwardException {
            lossGrad.mul(new Scalar(3.0)).backward();
            throw CancelBackwardException.INSTANCE;
        }
    }

    @Test
    void g12_aCallbackMayRunBackwardItself() {
        fit(new BackwardOfItsOwn());
        assertLine(1.7571, .6237);
    }

    /** Steps itself, with three times the step. */
    static final class StepOfItsOwn {
        @On(Event.BEFORE_STEP)
        void step(Learner learner) throws CancelStepException {
            try (NoGrad off = NoGrad.enter()) {
                learner.model().parameters().forEach(p -> p.tensor()
                        .sub_(p.tensor().grad(), new Scalar(3 * learner.lr())));
            }
            throw CancelStepException.INSTANCE;
        }
    }

    @Test
    void g13_aCallbackMayStepItself() {
        fit(new StepOfItsOwn());
        assertLine(1.7571, .6237);
    }

    @Test
    void g15_adam() {
        build(given().lr(.1).optimizer(Optimizers.adam()));
        learner.add("ends", Callbacks.on(AFTER_BATCH, l -> {
            if (l.training()) lines.add(line.values());
        }));
        learner.fit(2);
        double[][] expected = {{.1, .1}, {.187788, .196896}, {.267232, .290476}, {.354172, .38641}};
        for (int i = 0; i < expected.length; i++) assertClose(lines.get(i), expected[i]);
        assertClose(learner.recorder().smoothLosses(), 17, 37.6591, 29.3481, 33.8031);
    }

    @Test
    void g16_momentum() {
        fit(Optimizers.sgd(.9, 0), 2);
        double[][] expected = {{.13, .08}, {.7789, .3013}, {1.444926, .551077}, {2.214542, .82371}};
        for (int i = 0; i < expected.length; i++) assertClose(lines.get(i), expected[i]);
    }

    @Test
    void l16_theRateIsThatOfTheFitOrTheLearner_andTheDecayIsKept() {
        List<Double> rates = new ArrayList<>();
        fit(Callbacks.on(BEFORE_STEP, l -> {
            if (l.iter() == 0) rates.add(l.lr());
        }));
        learner.fit(1, .3);
        learner.fit(1);
        assertEquals(List.of(.01, .3, .01), rates);
        learner.fit(1, fit -> fit.wd(.2));
        learner.fit(1);
        assertEquals(.2, learner.optimizer().groups().get(0).get(Hyper.WD));
        assertFalse(learner.optimizer().groups().get(0).hypers().contains(Hyper.SQR_MOM));
    }
}
