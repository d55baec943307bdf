package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.FitOptions;
import dev.rondo.Learner;
import dev.rondo.data.DataLoaders;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.loss.Losses;
import dev.rondo.nn.BatchNorm2d;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Learning rates of two parameter groups, freezing, and fits that start late. */
class GroupsTest extends Fixture {
    @BeforeEach
    void twoGroups() {
        line = new LinearModel.InTwoGroups();
    }

    private List<Double> rates(Consumer<FitOptions> how) {
        learner.fit(0, how);
        return learner.optimizer().groups().stream().map(g -> g.get(Hyper.LR)).toList();
    }

    @Test
    void l18_aLearningRateForEachGroup() {
        learner();
        assertEquals(List.of(.1, .1), rates(fit -> {}));
        assertEquals(List.of(.3, .3), rates(fit -> fit.lr(.3)));
        assertEquals(List.of(.1, .2), rates(fit -> fit.lr(List.of(.1, .2))));
        assertEquals(List.of(.001, .01), rates(fit -> fit.lrOfLast(.01)));
        assertEquals(List.of(.0001, .01), rates(fit -> fit.lr(.0001, .01)));
        assertEquals(.01, learner.lr());
    }

    @Test
    void groupsStepWithTheirRates() {
        build(given(Numbers.batches(1), Numbers.of()));
        learner.fit(1, fit -> fit.lr(List.of(.01, .1)));
        assertLine(.13, .8);
    }

    @Test
    void aFrozenGroupDoesNotChange_evenWithAnOldGradientAndDecay() {
        build(given().optimizer(Optimizers.sgd(.9, .1)).lr(.01));
        learner.fit(1, fit -> fit.callbacks(Throw.once(Event.AFTER_BACKWARD, CancelFitException.INSTANCE)));
        assertClose(line.gradients(), -13, -8);
        learner.freezeTo(1);
        assertClose(line.gradients(), Double.NaN, -8);
        assertFalse(line.a.requires_grad());
        learner.fit(1);
        assertEquals(0, line.values()[0]); // fastai: moved along the old gradient, and decayed
        assertTrue(line.values()[1] > .1);

        learner.freezeTo(0);
        assertTrue(line.a.requires_grad());
        learner.fit(1);
        assertTrue(line.values()[0] > .1);
    }

    @Test
    void negativeNumbersCountFromTheEnd() {
        learner().freezeTo(-1);
        assertFalse(line.a.requires_grad());
        assertTrue(line.b.requires_grad());
    }

    @Test
    void l19_freezeFreezesNothingWithOneGroup() {
        line = new LinearModel();
        learner().freezeTo(-1);
        assertTrue(line.a.requires_grad());
    }

    @Test
    void n4_stepsAreCountedAcrossFits_untilAGroupIsFrozenOrUnfrozen() {
        build(given().optimizer(Optimizers.adam()).lr(.01));
        for (long expected : new long[] {2, 4}) {
            learner.fit(1);
            assertEquals(expected, steps());
        }
        learner.freezeTo(0);
        assertEquals(0, steps());
    }

    private long steps() {
        return learner.optimizer().state().get("a.step").item_long();
    }

    @Test
    void freezingDiscardsTheMomentum() {
        build(given().optimizer(Optimizers.sgd(.9, 0)).lr(.01));
        learner.fit(1);
        double[] before = line.values();
        learner.freezeTo(0);
        learner.fit(
                1,
                fit -> fit.callbacks(
                        Throw.always(Event.BEFORE_BACKWARD, 1, l -> true, CancelBackwardException.INSTANCE)));
        assertClose(line.values(), before);
    }

    @Test
    void l7_l9_epochsBeforeTheFirstAreCancelledWhenTheyBegin() {
        List<Double> fractions = new ArrayList<>();
        learner(Callbacks.on(Event.BEFORE_TRAIN, l -> fractions.add(l.pctTrain())));
        learner.fit(3, fit -> fit.startEpoch(1));
        assertTrace("BF BE CE AE E E AF");
        assertClose(fractions.stream().mapToDouble(d -> d).toArray(), 1 / 3.0, 2 / 3.0);
        assertCells(learner.recorder().rows().get(0));
        assertEquals(4, learner.trainIter());

        learner.fit(2, fit -> fit.startEpoch(5));
        assertTrace("BF [BE CE AE]x2 AF");
    }

    @Test
    void aLateStartNestedInALateStart() {
        learner(Callbacks.on(Event.AFTER_EPOCH, 1, l -> {
            if (l.nEpoch() == 3 && l.epoch() == 2) l.fit(2, fit -> fit.startEpoch(1));
        }));
        learner.fit(3, fit -> fit.startEpoch(2));
        assertTrace(
                "BF [BE CE AE]x2 BE BT t t AT BV v AV AE BF BE CE AE BE CE AE AF AF"); // the outer start epoch applies
        // too
        assertEquals(4, learner.callbacks().size());
    }

    @Test
    void resettingTheOptimizerDiscardsItsState() {
        build(given().optimizer(Optimizers.sgd(.9, 0)).lr(.01));
        learner.fit(1);
        Object before = learner.optimizer();
        learner.fit(0);
        assertEquals(before, learner.optimizer());
        learner.fit(0, FitOptions::resetOptimizer);
        assertTrue(before != learner.optimizer());
    }

    @Test
    void l19_normsOfAFrozenGroupAreTrained_unlessTrainNormsIsFalse() {
        for (boolean trained : new boolean[] {true, false}) {
            try (BatchNorm2d norm = new BatchNorm2d(1);
                    Learner frozen = Learner.builder(
                                    new DataLoaders(Numbers.batches(1), Numbers.batches(1)),
                                    new TwoGroups(norm),
                                    Losses.mse())
                            .trainNorms(trained)
                            .progress(false)
                            .build()) {
                frozen.freezeTo(-1);
                norm.parameters().forEach(p -> assertEquals(trained, p.tensor().requires_grad(), p.name()));
            }
        }
    }

    /** A norm in the first parameter group, and an empty second group. */
    private record TwoGroups(BatchNorm2d norm) implements Model {
        @Override
        public Tensor forward(Tensor... inputs) {
            return norm.forward(inputs);
        }

        @Override
        public List<Parameter> parameters() {
            return norm.parameters();
        }

        @Override
        public List<List<Parameter>> parameterGroups() {
            return List.of(norm.parameters(), List.of());
        }

        @Override
        public void train(boolean training) {
            norm.train(training);
        }

        @Override
        public void to(Device device) {
            norm.to(device);
        }
    }

    @Test
    void aNewOptimizerAppliesDecayToParametersThatHadAGradient() {
        build(given().optimizer(Optimizers.sgd(0, 0.5)));
        learner.fit(1);
        double weight = line.values()[0];
        learner.fit(1, fit -> fit.resetOptimizer().callbacks(Callbacks.on(Event.BEFORE_BACKWARD, l -> {
            throw CancelBackwardException.INSTANCE;
        })));
        assertEquals(weight * 0.95 * 0.95, line.values()[0], 1e-5); // two steps of weight decay only
    }
}
