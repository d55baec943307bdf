package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Group A, and N10: the attributes of a learner at each event. A dash stands for an absent attribute. */
class AttributesTest extends Fixture {
    private final List<String> seen = new ArrayList<>();

    private static String shown(Supplier<?> attribute) {
        try {
            return String.valueOf(attribute.get());
        } catch (IllegalStateException absent) {
            return "-";
        }
    }

    /** Event(epoch, iter, nIter, trainIter, pctTrain, training). */
    private void counters(Learner l) {
        seen.add(String.format(
                Locale.ROOT,
                "%s(%d,%s,%s,%d,%s,%b)",
                l.event().name().replaceAll("[A-Z]*_([A-Z])[A-Z]*", "$1"),
                l.epoch(),
                shown(l::iter),
                shown(l::nIter),
                l.trainIter(),
                l.pctTrain(),
                l.training()));
    }

    private void follow(double order, Event... events) {
        for (Event e : events) learner.add(e.name(), Callbacks.on(e, order, this::counters));
    }

    @Test
    void a10_ordersBelowTrainEvalSeeTheCountersOfTheLastFit() {
        learner().fit(2);
        for (double order : new double[] {-20, 0}) {
            learner.add(Callbacks.on(BEFORE_FIT, order, l -> {
                counters(l);
                seen.add(shown(() -> l.loss().item_double()) + " " + l.nEpoch());
            }));
        }
        learner.fit(1);
        assertEquals(List.of("F(1,-,-,4,1.0,false)", "- 1", "F(0,-,-,0,0.0,false)", "0.0 1"), seen);
    }

    @Test
    void a11_countersInTwoEpochs() {
        learner();
        follow(0, BEFORE_EPOCH, BEFORE_TRAIN, BEFORE_BATCH, AFTER_BATCH, AFTER_TRAIN, BEFORE_VALIDATE, AFTER_EPOCH);
        follow(0, AFTER_FIT);
        learner.fit(2);
        assertEquals(
                List.of(
                        "E(0,-,-,0,0.0,false)",
                        "T(0,-,-,0,0.0,true)",
                        "B(0,0,2,0,0.0,true)",
                        "B(0,0,2,1,0.25,true)",
                        "B(0,1,2,1,0.25,true)",
                        "B(0,1,2,2,0.5,true)",
                        "T(0,1,2,2,0.5,true)",
                        "V(0,-,-,2,0.5,false)", // fastai: still 1 and 2
                        "B(0,0,1,2,0.5,false)",
                        "B(0,0,1,2,0.5,false)",
                        "E(0,0,1,2,0.5,false)",
                        "E(1,0,1,2,0.5,false)",
                        "T(1,-,-,2,0.5,true)", // fastai: still 0 and 1
                        "B(1,0,2,2,0.5,true)",
                        "B(1,0,2,3,0.75,true)",
                        "B(1,1,2,3,0.75,true)",
                        "B(1,1,2,4,1.0,true)",
                        "T(1,1,2,4,1.0,true)",
                        "V(1,-,-,4,1.0,false)",
                        "B(1,0,1,4,1.0,false)",
                        "B(1,0,1,4,1.0,false)",
                        "E(1,0,1,4,1.0,false)",
                        "F(1,0,1,4,1.0,false)"),
                seen);
    }

    @Test
    void a11_ordersBelowTrainEvalSeeCountersBeforeTheyAdvance() {
        learner();
        follow(-20, BEFORE_TRAIN, AFTER_BATCH, BEFORE_VALIDATE);
        learner.fit(1);
        assertEquals(
                List.of(
                        "T(0,-,-,0,0.0,false)",
                        "B(0,0,2,0,0.0,true)",
                        "B(0,1,2,1,0.5,true)",
                        "V(0,-,-,2,1.0,true)",
                        "B(0,0,1,2,1.0,false)"),
                seen);
    }

    @Test
    void a12_attributesAfterAFit() {
        learner().fit(2);
        for (Supplier<?> absent : List.<Supplier<?>>of(
                learner::batch,
                learner::xb,
                learner::x,
                learner::y,
                learner::pred,
                learner::loss,
                learner::lossGrad, // fastai: the last one
                learner::iter, // fastai: 0
                learner::nIter)) assertThrows(IllegalStateException.class, absent::get);
        assertEquals(1, learner.epoch());
        assertEquals(2, learner.nEpoch());
        assertEquals(4, learner.trainIter());
        assertEquals(1.0, learner.pctTrain());
        assertEquals(false, learner.training());
        assertCells(learner.recorder().last().orElseThrow(), "train_loss", 7.81997, "valid_loss", 2.18868);
    }

    @Test
    void predAndLossGradAreAbsentUntilTheBatchComputesThem() {
        learner();
        for (Event e : List.of(BEFORE_BATCH, AFTER_PRED, AFTER_LOSS, AFTER_BATCH)) {
            learner.add(
                    Callbacks.on(e, l -> seen.add(e.lowerCaseName() + " " + l.predicted() + " " + l.lossComputed())));
        }
        learner.fit(1);
        List<String> batch = List.of(
                "before_batch false false", "after_pred true false", "after_loss true true", "after_batch true true");
        assertEquals(batch, seen.subList(4, 8), "the second batch equals the first"); // fastai: stale from the first
        assertEquals(batch, seen.subList(0, 4));
    }

    @Test
    void n10_theErrorNamesTheAbsentAttributeAndTheEvent() {
        learner(Callbacks.on(BEFORE_TRAIN, l -> {
            seen.add(assertThrows(IllegalStateException.class, l::x).getMessage());
            seen.add(assertThrows(IllegalStateException.class, l::iter).getMessage());
        }));
        learner.add(Callbacks.on(BEFORE_BATCH, l -> {
            seen.add(assertThrows(IllegalStateException.class, l::pred).getMessage());
            seen.add(assertThrows(IllegalStateException.class, l::lossGrad).getMessage());
        }));
        learner.fit(1, fit -> fit.callback("stop", Throw.once(BEFORE_BATCH, CancelFitException.INSTANCE)));
        seen.add(assertThrows(IllegalStateException.class, learner::loss).getMessage());
        assertEquals(
                List.of(
                        "'batch' is absent at before_train: it is there from before_batch to after_batch.",
                        "'iter' is absent at before_train: it is there from before_batch to after_train.",
                        "'pred' is absent at before_batch: it is there from after_pred to after_batch.",
                        "'lossGrad' is absent at before_batch: it is there from after_loss to after_batch.",
                        "'loss' is absent: it is there from after_loss to after_batch."),
                seen);
    }

    @Test
    void xAndYRequireExactlyOneTensorEach() {
        build(given(Numbers.batches(1).withoutTargets(), Numbers.of()));
        learner.add(Callbacks.on(
                AFTER_PRED,
                l -> seen.add(assertThrows(IllegalStateException.class, l::y).getMessage())));
        learner.fit(1);
        assertEquals(List.of("The batch has 0 targets, so there is no single 'y'; read yb."), seen);
    }
}
