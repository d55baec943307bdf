package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.Predictions;
import dev.rondo.Undo;
import dev.rondo.annotation.On;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Group A: the events of runs without cancels. */
class SequencesTest extends Fixture {
    @Test
    void a1_oneEpoch() {
        learner().fit(1);
        assertTrace("BF E AF");
    }

    @Test
    void a2_twoEpochs() {
        learner().fit(2);
        assertTrace("BF E E AF");
    }

    @Test
    void a3_noEpochs() {
        learner().fit(0);
        assertTrace("BF AF");
        assertEquals(0, learner.epoch());
        assertEquals(List.of(), learner.recorder().rows());
    }

    @Test
    void a4_validateFiresAFitAndAnEpochWithoutTraining() {
        build(given().metrics(mae()));
        EpochRow row = learner.validate();
        assertTrace("BF BE BV v AV AE AF");
        assertCells(row, "valid_loss", 17, "mae", 4);
        assertEquals(List.of(), learner.recorder().rows());
        assertEquals(1, learner.nEpoch());
        assertThrows(IllegalStateException.class, learner::optimizer, "no fit, no optimizer");
    }

    @Test
    void a5_getPredsFiresTheSameEvents() {
        try (Predictions p = learner().getPreds(learner.dataLoaders().valid())) {
            assertTrace("BF BE BV v AV AE AF");
        }
    }

    @Test
    void a6_aContextFiresItsLastEventsEvenIfItsBodyFails() {
        learner();
        assertThrows(ArithmeticException.class, () -> {
            try (Undo context = learner.context()) {
                assertTrace("BF BE");
                throw new ArithmeticException();
            }
        });
        assertTrace("AE AF");
    }

    @Test
    void a7_batchesWithoutTargetsHaveNoLossAndDoNotTrain() {
        List<Double> losses = new ArrayList<>();
        build(given(Numbers.batches(2).withoutTargets(), Numbers.batches(2).withoutTargets()));
        learner.add(Callbacks.on(AFTER_LOSS, l -> {
            losses.add(l.loss().item_double());
            assertFalse(l.lossComputed());
            assertThrows(IllegalStateException.class, l::lossGrad);
        }));
        learner.fit(1);
        assertTrace("BF BE BT [BB AP AL AB]x2 AT BV [BB AP AL AB]x2 AV AE AF");
        assertEquals(List.of(0.0, 0.0, 0.0, 0.0), losses);
        assertLine(0, 0);
        assertEquals(2, learner.trainIter());
        assertCells(learner.recorder().rows().get(0)); // fastai: NaN
    }

    @Test
    void a8_anEmptyTrainingLoader() {
        build(given(Numbers.of(), Numbers.batches(1)));
        learner.fit(1);
        assertTrace("BF BE BT AT BV v AV AE AF");
        assertCells(learner.recorder().rows().get(0), "valid_loss", 17); // fastai: train_loss NaN
    }

    @Test
    void a9_withoutDefaultCallbacksNothingTrains() {
        List<Boolean> training = new ArrayList<>();
        build(given().defaultCallbacks(false));
        learner.add(Callbacks.on(AFTER_LOSS, l -> training.add(l.training())));
        learner.fit(1);
        assertTrace("BF BE BT [BB AP AL AB]x2 AT BV v AV AE AF");
        assertEquals(List.of(false, false, false), training);
        assertLine(0, 0);
        assertEquals(0, learner.trainIter());
        assertTrue(line.training(), "the model stays in the mode it was in");
    }

    /** A callback with the name in fastai's outline. */
    static final class MixUp {
        @On({BEFORE_TRAIN, BEFORE_BATCH, AFTER_TRAIN, AFTER_CANCEL_TRAIN, AFTER_CANCEL_FIT})
        void mix() {}
    }

    @Test
    void a13_showTrainingLoop() {
        learner = given().callbacks(new MixUp()).build();
        assertEquals("""
                Start Fit
                   - before_fit     :[Recorder, TrainEvalCallback]
                  Start Epoch Loop
                     - before_epoch   :[Recorder]
                    Start Train
                       - before_train   :[TrainEvalCallback, MixUp, Recorder]
                      Start Batch Loop
                         - before_batch   :[MixUp]
                         - after_pred     :[]
                         - after_loss     :[]
                         - before_backward:[]
                         - after_cancel_backward:[]
                         - after_backward :[]
                         - before_step    :[]
                         - after_cancel_step:[]
                         - after_step     :[]
                         - after_cancel_batch:[]
                         - after_batch    :[TrainEvalCallback, Recorder]
                      End Batch Loop
                    End Train
                     - after_cancel_train:[MixUp, Recorder]
                     - after_train    :[MixUp, Recorder]
                    Start Valid
                       - before_validate:[TrainEvalCallback, Recorder]
                      Start Batch Loop
                         - before_batch   :[MixUp]
                         - after_pred     :[]
                         - after_loss     :[]
                         - after_cancel_batch:[]
                         - after_batch    :[Recorder]
                      End Batch Loop
                    End Valid
                     - after_cancel_validate:[Recorder]
                     - after_validate :[Recorder]
                  End Epoch Loop
                   - after_cancel_epoch:[]
                   - after_epoch    :[Recorder]
                End Fit
                 - after_cancel_fit:[MixUp]
                 - after_fit      :[]
                """, learner.showTrainingLoop());
    }

    @Test
    void a14_onlyCallbacksOfTheBuilderReceiveAfterCreate() {
        List<Integer> epochs = new ArrayList<>();
        learner = given().callback("T", tracer)
                .callbacks(Callbacks.on(AFTER_CREATE, -20, l -> epochs.add(l.nEpoch())))
                .build();
        assertTrace("AC");
        assertEquals(List.of(1), epochs); // fastai: nothing there yet at order -20

        Tracer late = new Tracer();
        learner.add("late", late);
        assertEquals("", late.take());
    }

    @Test
    void a16_theOuterFitKeepsTheCountersOfANestedFit() {
        List<String> begun = new ArrayList<>();
        boolean[] nested = new boolean[1];
        build(given(Numbers.batches(1), Numbers.batches(1)));
        learner.add(Callbacks.on(
                BEFORE_TRAIN, l -> begun.add(l.epoch() + " " + l.nEpoch() + " " + l.trainIter() + " " + l.pctTrain())));
        learner.add(Callbacks.on(AFTER_EPOCH, 1, l -> {
            if (nested[0]) return;
            nested[0] = true;
            l.fit(1);
        }));
        learner.fit(3);
        assertEquals(List.of("0 3 0 0.0", "0 1 0 0.0", "1 1 1 1.0", "2 1 2 2.0"), begun);
        assertTrace("BF BE BT t AT BV v AV AE [BF BE BT t AT BV v AV AE AF]x1 [BE BT t AT BV v AV AE]x2 AF");
    }

    /** A model that counts its resets. */
    static final class Resettable extends LinearModel {
        int resets;

        @Override
        public void reset() {
            resets++;
        }
    }

    /** fastai's ModelResetter. */
    static final class ModelResetter {
        @On({Event.BEFORE_TRAIN, Event.BEFORE_VALIDATE, Event.AFTER_FIT})
        void reset(Learner learner) {
            learner.model().reset();
        }
    }

    @Test
    void a17_theModelIsResetOncePerFit() {
        Resettable model = new Resettable();
        line = model;
        learner().fit(2);
        assertEquals(1, model.resets);

        learner.fit(2, fit -> fit.callbacks(new ModelResetter()));
        assertEquals(1 + 6, model.resets);
    }

    @Test
    void n12_aFunctionMayReplaceTheBatch() {
        List<Double> losses = new ArrayList<>();
        learner(
                Callbacks.on(BEFORE_BATCH, l -> {
                    Tensor nothing = l.x().mul(new Scalar(0.0));
                    l.setBatch(Batch.of(nothing, l.y()));
                }),
                Callbacks.on(AFTER_LOSS, l -> losses.add(l.loss().item_double())));
        learner.fit(1, 0.01);
        assertClose(losses.stream().mapToDouble(d -> d).toArray(), 17, 63.7264, 15.1496); // where x is 0, only b learns
    }
}
