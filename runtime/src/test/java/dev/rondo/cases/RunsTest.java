package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.UncaughtCancelException;
import dev.rondo.data.DataLoader;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.RunKind;
import dev.rondo.optim.Optimizers;
import dev.rondo.spi.CallbackTable;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GradMode;
import org.junit.jupiter.api.Test;

/** Group M: validate and getPreds outside a fit, and nested runs. */
class RunsTest extends Fixture {
    private EpochRow validate(Object callback) {
        return validate("R", callback);
    }

    private EpochRow validate(String name, Object callback) {
        return learner.validate(learner.dataLoaders().valid(), options -> options.callback(name, callback));
    }

    @Test
    void m2_noCancelLeavesAValidation_andItsLastEventsFire() {
        learner();
        for (CancelException cancel : List.of(CancelFitException.INSTANCE, CancelEpochException.INSTANCE)) {
            assertEscapes(cancel, BEFORE_BATCH, () -> validate(Throw.once(BEFORE_BATCH, cancel)));
            assertTrace("BF BE BV BB AE AF");
            assertEquals(3, learner.callbacks().size(), "the run's callback is gone");
        }
        learner.validate();
    }

    @Test
    void m3_anErrorInAValidation() {
        RuntimeException failure = new ArithmeticException();
        learner();
        CallbackException e =
                assertThrows(CallbackException.class, () -> validate(Throw.failure(BEFORE_BATCH, failure)));
        assertSame(failure, e.getCause());
        assertTrace("BF BE BV BB AE AF");
        learner.validate();
    }

    @Test
    void m4_aCancelledValidationHasARowWithoutCells() {
        learner();
        EpochRow row = validate(Throw.once(BEFORE_VALIDATE, CancelValidException.INSTANCE));
        assertTrace("BF BE BV CV AV AE AF");
        assertCells(row);
    }

    @Test
    void m4_withoutARecorderTheRowHasNoCells() {
        build(given().defaultCallbacks(false));
        assertSame(EpochRow.EMPTY, learner.validate());
    }

    @Test
    void m5_theLearnerCanBeUsedAfterAnErrorAtTheStartOfAValidation() {
        learner();
        assertThrows(CallbackException.class, () -> validate(Throw.failure(BEFORE_FIT, new ArithmeticException())));
        assertTrace("BF");
        learner.validate(); // fastai: never returns
        assertTrace("BF BE BV v AV AE AF");
    }

    @Test
    void m6_aValidationNestedInAValidation() {
        List<EpochRow> rows = new ArrayList<>();
        learner(Callbacks.on(AFTER_LOSS, 1, l -> {
            if (rows.isEmpty()) {
                rows.add(null);
                rows.set(0, l.validate());
            }
        }));
        EpochRow outer = learner.validate(); // fastai: never returns
        assertTrace("BF BE BV BB AP AL BF BE BV v AV AE AF AB AV AE AF");
        assertCells(rows.get(0), "valid_loss", 17);
        assertCells(outer, "valid_loss", 17);
    }

    @Test
    void aFitNestedInAValidationTrains() {
        build(given().lr(.01));
        double[][] trained = new double[1][];
        learner.add(Callbacks.on(AFTER_VALIDATE, l -> {
            if (trained[0] != null) return;
            trained[0] = line.values();
            l.fit(1);
            trained[0] = line.values();
            assertFalse(GradMode.is_enabled());
        }));
        learner.validate(); // fastai: fails, because gradients are not recorded there
        assertClose(trained[0], .6619, .2293);
    }

    @Test
    void aValidationInABatchDoesNotChangeTheTraining() {
        build(given().optimizer(Optimizers.sgd(.9, .1)).lr(.01));
        learner.fit(2);
        double[] alone = line.values(), smooth = learner.recorder().smoothLosses();
        List<EpochRow> rows = learner.recorder().rows();
        learner.close();

        line = new LinearModel();
        build(given().optimizer(Optimizers.sgd(.9, .1)).lr(.01));
        List<String> before = new ArrayList<>(), after = new ArrayList<>();
        learner.add(Callbacks.on(AFTER_BATCH, l -> {
            if (l.runKind() != RunKind.FIT) return;
            before.add(state(l));
            l.validate(l.dataLoaders().train());
            after.add(state(l));
        }));
        learner.fit(2);
        assertEquals(before, after);
        assertArrayEquals(alone, line.values());
        assertArrayEquals(smooth, learner.recorder().smoothLosses());
        assertEquals(
                rows.stream().map(EpochRow::cells).toList(),
                learner.recorder().rows().stream().map(EpochRow::cells).toList());
    }

    private String state(Learner l) {
        return String.join(
                " ",
                List.of(
                        l.epoch() + " " + l.nEpoch() + " " + l.iter() + " " + l.nIter() + " " + l.trainIter(),
                        l.pctTrain() + " " + l.training() + " " + line.training() + " " + l.runKind(),
                        l.loss().item_double() + " " + l.lossGrad().item_double() + " "
                                + l.pred().sum().item_double(),
                        l.x().sum().item_double() + " " + l.event()));
    }

    @Test
    void metricsUsedByANestedRunAreMissingFromTheOuterRow() {
        build(given().metrics(mae()));
        learner.add(Callbacks.on(AFTER_BATCH, 60, l -> {
            if (l.runKind() == RunKind.FIT && l.epoch() == 0) l.validate();
        }));
        learner.fit(2);
        assertCells(learner.recorder().rows().get(0), "train_loss", 12.0227, "valid_loss", 4.82725);
        assertEquals(3, learner.recorder().rows().get(1).cells().size(), "the next epoch has them");
    }

    @Test
    void predictionsAreNotRecorded() {
        build(given().metrics(mae()));
        learner.add(Callbacks.on(AFTER_BATCH, 60, l -> {
            if (l.runKind() == RunKind.FIT) l.getPreds(l.dataLoaders().train()).close();
        }));
        learner.fit(1);
        EpochRow row = learner.recorder().last().orElseThrow();
        assertEquals(
                List.of("train_loss", "valid_loss", "mae"),
                List.copyOf(row.cells().keySet()));
        learner.getPreds(learner.dataLoaders().train()).close();
        assertSame(row, learner.recorder().last().orElseThrow());
    }

    @Test
    void theOrderOfTheDataDependsOnTheEpochsOfAllFits() {
        List<Long> epochs = new ArrayList<>();
        DataLoader numbers = Numbers.batches(1);
        DataLoader listening = new DataLoader() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Pass open(long epoch) {
                epochs.add(epoch);
                return numbers.open(epoch);
            }
        };
        build(given(listening, numbers));
        learner.validate(listening);
        learner.fit(2);
        learner.fit(3, fit -> fit.startEpoch(2));
        assertEquals(List.of(0L, 0L, 1L, 4L), epochs); // a skipped epoch counts
        assertEquals(5, learner.epochsBegun());
    }

    @Test
    void aCancelThatLeavesANestedRunReachesTheScopesAroundTheHandler() {
        learner(Callbacks.on(BEFORE_BATCH, 1, l -> {
            if (l.trainIter() == 0 && l.training())
                validate("inner", Throw.once(BEFORE_BATCH, CancelEpochException.INSTANCE));
        }));
        learner.fit(2);
        assertTrace("BF BE BT BB BF BE BV BB AE AF CE AE BE BT BB BF BE BV BB AE AF CE AE AF");
    }

    @Test
    void aCancelThatLeavesANestedFitCancelsTheOuterBatch() {
        boolean[] nested = new boolean[1];
        learner(
                Callbacks.on(AFTER_LOSS, 1, l -> {
                    if (nested[0]) return;
                    nested[0] = true;
                    l.fit(1);
                }),
                Throw.once(AFTER_BATCH, CancelBatchException.INSTANCE)); // in the nested fit, where no batch is open
        learner.fit(1);
        assertTrace("BF BE BT BB AP AL BF BE BT t CB AB t AT BV v AV AE AF");
    }

    @Test
    void aCancelLeavesTheOutermostCallAsAnError() {
        learner(Callbacks.on(AFTER_FIT, 1, l -> {
            if (l.runKind() == RunKind.FIT) validate("inner", Throw.once(BEFORE_BATCH, CancelFitException.INSTANCE));
        }));
        UncaughtCancelException e = assertThrows(UncaughtCancelException.class, () -> learner.fit(1));
        assertEquals("before_batch", e.event());
    }

    @Test
    void validateHasCallbacksForOneRun() {
        learner();
        Tracer added = new Tracer();
        EpochRow row = learner.validate(Numbers.batches(2), v -> v.callbacks(added));
        assertEquals(Tracer.expand("BF BE BV v v AV AE AF"), added.take());
        assertCells(row, "valid_loss", 41);
        learner.validate();
        assertEquals("", added.take());
    }

    @Test
    void runKindIsThatOfTheInnermostRun() {
        List<RunKind> kinds = new ArrayList<>();
        learner(Callbacks.on(BEFORE_FIT, l -> kinds.add(l.runKind())));
        learner.fit(0);
        learner.validate();
        learner.getPreds(learner.dataLoaders().valid()).close();
        learner.context().close();
        assertEquals(List.of(RunKind.FIT, RunKind.VALIDATE, RunKind.PREDICT, RunKind.VALIDATE), kinds);
        assertEquals(RunKind.FIT, learner.runKind());
    }

    @Test
    void runDepthCountsNestedRuns() {
        List<Integer> depths = new ArrayList<>();
        learner(Callbacks.on(BEFORE_FIT, l -> {
            depths.add(l.runDepth());
            if (l.runDepth() == 1) l.fit(0);
            if (l.runDepth() == 2) l.validate();
        }));
        learner.fit(0);
        assertEquals(List.of(1, 2, 3), depths);
        assertEquals(0, learner.runDepth());
    }

    @Test
    void aCallFromAnotherThreadIsRejected() {
        List<Throwable> failures = new ArrayList<>();
        List<Runnable> calls = List.of(
                () -> learner.fit(1),
                () -> learner.validate(),
                () -> learner.getPreds(learner.dataLoaders().valid(), p -> p.withLosses()),
                () -> learner.context());
        learner(Callbacks.on(AFTER_LOSS, l -> {
            if (!failures.isEmpty()) return;
            for (Runnable call : calls) {
                Thread other = new Thread(call);
                other.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
                other.start();
                join(other);
            }
        }));
        learner.fit(1);
        assertTrace("BF E AF");
        assertEquals(calls.size(), failures.size());
        for (Throwable failure : failures) {
            assertEquals(
                    "This learner is in use by thread '"
                            + Thread.currentThread().getName()
                            + "'. Wait until that call has ended, or give each thread a learner of its own.",
                    failure.getMessage());
        }
        Thread later = new Thread(() -> learner.fit(1));
        later.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
        later.start();
        join(later);
        assertEquals(calls.size(), failures.size(), "afterwards any thread may use it");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anErrorAtTheEndOfAValidationSuppressesTheEarlierOne() {
        learner(
                Callbacks.on(BEFORE_BATCH, l -> {
                    throw new ArithmeticException("first");
                }),
                Callbacks.on(AFTER_EPOCH, l -> {
                    throw new ArithmeticException("last");
                }));
        CallbackException e = assertThrows(CallbackException.class, () -> learner.validate());
        assertEquals("last", e.getCause().getMessage());
        assertEquals("first", e.getSuppressed()[0].getCause().getMessage());
    }

    @Test
    void theSameCancelMayBeThrownAgainAtTheEnd() {
        CallbackTable<Learner> first = Callbacks.on(BEFORE_BATCH, l -> {
            throw CancelFitException.INSTANCE;
        });
        CallbackTable<Learner> again = Callbacks.on(AFTER_EPOCH, l -> {
            throw CancelFitException.INSTANCE;
        });
        learner(first, again);
        assertEquals(
                "after_epoch",
                assertThrows(UncaughtCancelException.class, () -> learner.validate())
                        .event());
    }
}
