package dev.rondo.cases;

import static dev.rondo.cases.Throw.TRAINING;
import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.ParamScheduler;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.FineTuning;
import dev.rondo.schedule.FlatCosine;
import dev.rondo.schedule.OneCycle;
import dev.rondo.schedule.Schedules;
import dev.rondo.schedule.Span;
import dev.rondo.schedule.StepSchedules;
import dev.rondo.schedule.WarmRestarts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Group L: schedules, and fits with them. */
class FitVariantsTest extends Fixture {
    /** A learner with this number of training batches. */
    private void given(int batches) {
        build(given(Numbers.batches(batches), Numbers.batches(1)).optimizer(Optimizers.sgd(.9, 0)));
    }

    private double[] rates() {
        return learner.recorder().lrs();
    }

    private double[] moms() {
        return learner.recorder().hypers().get(Hyper.MOM);
    }

    @Test
    void l1_aScheduleNeverReachesItsEnd_andTheRecorderHasItsHistory() {
        given(4);
        learner.fit(2, fit -> fit.callbacks(new ParamScheduler(Hyper.LR, Schedules.linear(.001, .002))));
        assertClose(rates(), .001, .001125, .00125, .001375, .0015, .001625, .00175, .001875);
        assertEquals(Set.of(Hyper.LR), learner.recorder().hypers().keySet());
        assertClose(learner.recorder().hypers().get(Hyper.LR), rates());
        learner.fit(1, 1e-3);
        assertEquals(Map.of(), learner.recorder().hypers()); // the history is that of the last fit
    }

    @Test
    void l2_oneCycle() {
        given(4);
        learner.fitOneCycle(2, 1e-3);
        assertClose(rates(), 4e-5, 5.2e-4, 1e-3, 9.33013e-4, 7.50002e-4, 5.00005e-4, 2.50007e-4, 6.69966e-5);
        assertClose(moms(), .95, .9, .85, .856699, .875, .9, .925, .943301);
    }

    @Test
    void l2_oneCycleWithOtherParameters_upToTheLearnersRate() {
        given(4);
        OneCycle cycle =
                new OneCycle().withPctStart(.5).withDiv(10).withDivFinal(100).withMoms(.9, .8, .7);
        learner.fit(1, fit -> fit.schedule(cycle));
        assertClose(rates(), .01, .055, .1, .0505);
        assertClose(moms(), .9, .85, .8, .75);
    }

    @Test
    void l3_flatCosine() {
        given(4);
        learner.fit(2, fit -> fit.schedule(new FlatCosine()).lr(1e-3));
        assertClose(rates(), 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 5.00005e-4);
    }

    /** A schedule in steps gets the length of the fit, and continues after a late start. */
    @Test
    void schedulesInSteps() {
        given(4);
        learner.fit(2, fit -> fit.schedule(StepSchedules.linear(Span.epochs(1))).lr(1e-3));
        assertClose(rates(), 0, 2.5e-4, 5e-4, 7.5e-4, 1e-3, 7.5e-4, 5e-4, 2.5e-4);
        learner.fit(2, fit -> fit.schedule((lr, length) -> length.bySteps(step -> lr * step / length.steps()))
                .lr(1e-3)
                .startEpoch(1));
        assertClose(rates(), 5e-4, 6.25e-4, 7.5e-4, 8.75e-4);
    }

    private void fit(WarmRestarts restarts) {
        learner.fit(restarts.epochs(), fit -> fit.schedule(restarts).lr(1e-3));
    }

    @Test
    void l4_warmRestartsWithGrowingCycles() {
        given(2);
        fit(new WarmRestarts(2, 1));
        assertEquals(3, learner.nEpoch());
        assertClose(rates(), 1e-3, 5e-4, 1e-3, 8.53553e-4, 5e-4, 1.46447e-4);
    }

    @Test
    void l4_warmRestartsWithEqualCycles() {
        given(2);
        fit(new WarmRestarts(3, 1, 1)); // fastai: division by zero
        assertEquals(3, learner.nEpoch());
        assertClose(rates(), 1e-3, 5e-4, 1e-3, 5e-4, 1e-3, 5e-4);
    }

    @Test
    void l7_aLateStartContinuesTheSchedule() {
        given(4);
        learner.fitOneCycle(2, fit -> fit.lr(1e-3).startEpoch(1));
        assertClose(rates(), 7.50002e-4, 5.00005e-4, 2.50007e-4, 6.69966e-5);
    }

    @Test
    void l8_flatCosineSupportsALateStart() {
        given(4);
        learner.fit(2, fit -> fit.schedule(new FlatCosine()).lr(1e-3).startEpoch(1)); // fastai: both epochs
        assertClose(rates(), 1e-3, 1e-3, 1e-3, 5.00005e-4);
    }

    /** The learning rates of the batches with a step; the second of four batches is cancelled by a handler of this order. */
    private double[] ratesWithACancel(double order) {
        List<Double> rates = new ArrayList<>();
        line = new LinearModel();
        given(4);
        learner.add(Throw.once(BEFORE_BATCH, order, l -> l.training() && l.iter() == 1, CancelBatchException.INSTANCE));
        learner.add(Callbacks.on(AFTER_BATCH, 70, l -> {
            if (l.training()) rates.add(l.lr());
        }));
        learner.fit(1, fit -> fit.lr(0).callbacks(new ParamScheduler(Hyper.LR, Schedules.linear(0, 1))));
        return rates.stream().mapToDouble(d -> d).toArray();
    }

    @Test
    void l10_aCancelBeforeTheSchedulerKeepsTheValue_andTheFractionStillAdvances() {
        assertClose(ratesWithACancel(70), 0, .25, .5, .75);
        assertClose(ratesWithACancel(0), 0, 0, .5, .75);
    }

    @Test
    void l11_anEpochStartsAtItsFraction_evenAfterACancelledTraining() {
        List<Double> fractions = new ArrayList<>();
        given(4);
        learner.add(Throw.once(AFTER_BATCH, l -> l.iter() == 1, CancelTrainException.INSTANCE));
        learner.add(Callbacks.on(AFTER_TRAIN, l -> fractions.add(l.pctTrain())));
        learner.add("again", Callbacks.on(BEFORE_TRAIN, l -> fractions.add(l.pctTrain())));
        learner.fit(3, 1e-4);
        assertClose(fractions.subList(0, 3).stream().mapToDouble(d -> d).toArray(), 0, .166667, .333333);
        assertEquals(1.0 / 3, fractions.get(2));
    }

    /** The learning rates of both groups at each training batch, and whether the first group is trained. */
    private final List<double[]> groups = new ArrayList<>();

    private void givenTwoGroups() {
        line = new LinearModel.InTwoGroups();
        given(4);
        learner.add(Callbacks.on(BEFORE_BATCH, 61, l -> {
            if (l.training()) groups.add(groupRates(l));
        }));
    }

    private static double[] groupRates(Learner l) {
        return l.optimizer().groups().stream().mapToDouble(g -> g.get(Hyper.LR)).toArray();
    }

    @Test
    void l15_fineTuning() {
        givenTwoGroups();
        List<Boolean> trained = new ArrayList<>();
        learner.add("trained", Callbacks.on(BEFORE_TRAIN, l -> trained.add(line.a.requires_grad())));
        learner.fineTune(1, new FineTuning().withBaseLr(1e-2), fit -> {});
        double[][] expected = {
            {4e-5, 4e-4}, {1.833e-4, 1.8329e-3}, {5.276e-4, 5.2762e-3}, {8.674e-4, 8.6739e-3},
            {1e-5, 1e-3}, {4.73e-5, 4.7321e-3}, {4.06e-5, 4.0587e-3}, {1.415e-5, 1.4153e-3}
        };
        assertEquals(8, groups.size());
        for (int i = 0; i < 8; i++) {
            for (int g = 0; g < 2; g++) assertEquals(expected[i][g], groups.get(i)[g], 2e-3 * expected[i][g]);
        }
        assertEquals(List.of(false, true), trained);
        assertTrace("BF BE BT [t]x4 AT BV v AV AE AF BF BE BT [t]x4 AT BV v AV AE AF");
    }

    @Test
    void learningRatesOfGroupsAreAList() {
        givenTwoGroups();
        learner.fit(1, fit -> fit.schedule(new FlatCosine()).lr(List.of(1e-3, 1e-2)));
        assertClose(groups.get(0), 1e-3, 1e-2);
        String text = assertThrows(
                        IllegalArgumentException.class,
                        () -> learner.fitOneCycle(1, fit -> fit.lr(List.of(1e-3, 1e-2, 1e-1))))
                .getMessage();
        assertEquals("Trying to set 3 values for lr but there are 2 parameter groups.", text);
    }

    @Test
    void aScheduledFitStartsWithTheLearnersRate_andASecondScheduleIsAllowed() {
        List<Double> before = new ArrayList<>();
        given(4);
        learner.add("R", Callbacks.on(BEFORE_TRAIN, l -> before.add(l.lr())));
        learner.fitOneCycle(1, fit -> fit.lr(1e-3).callbacks(new ParamScheduler(Hyper.WD, Schedules.linear(0, .1))));
        assertEquals(List.of(.1), before);
        assertEquals(
                Set.of(Hyper.LR, Hyper.MOM, Hyper.WD),
                learner.recorder().hypers().keySet());
        assertEquals(List.of("train_eval", "recorder", "T", "R"), names());
    }

    private List<String> names() {
        return learner.callbacks().stream().map(h -> h.name()).toList();
    }

    @Test
    void aScheduleOfAnUnknownHyperParameterIsRejectedAtBeforeFit() {
        given(4);
        String text = assertThrows(
                        CallbackException.class,
                        () -> learner.fit(
                                1, fit -> fit.callbacks(new ParamScheduler(Hyper.BETA, Schedules.constant(1)))))
                .getCause()
                .getMessage();
        assertTrue(text.startsWith("This optimizer has no hyper-parameter 'beta'; it has lr, mom"), text);
        learner.fitOneCycle(1, 1e-3);
        assertEquals(4, rates().length);
    }

    @Test
    void cancelsAndErrorsLeaveNoScheduleRegistered() {
        given(4);
        RuntimeException boom = new RuntimeException("boom");
        assertThrows(
                CallbackException.class,
                () -> learner.fitOneCycle(1, fit -> fit.callbacks(Throw.failure(AFTER_PRED, boom))));
        learner.fitOneCycle(1, fit -> fit.callbacks(Throw.once(AFTER_LOSS, TRAINING, CancelTrainException.INSTANCE)));
        learner.fit(1, 1e-3);
        assertClose(rates(), 1e-3, 1e-3, 1e-3, 1e-3);
        assertEquals(List.of("train_eval", "recorder", "T"), names());
    }

    @Test
    void aNestedValidationDoesNotChangeTheSchedule() {
        given(4);
        learner.add(Callbacks.on(AFTER_BATCH, l -> {
            if (l.training() && l.runKind() == dev.rondo.event.RunKind.FIT) l.validate();
        }));
        learner.fitOneCycle(1, 1e-3);
        assertEquals(4, learner.recorder().hypers().get(Hyper.LR).length);
        assertEquals(
                Arrays.toString(rates()),
                Arrays.toString(learner.recorder().hypers().get(Hyper.LR)));
    }
}
