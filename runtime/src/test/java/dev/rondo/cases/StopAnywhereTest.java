package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_BATCH;
import static dev.rondo.event.Event.AFTER_CANCEL_FIT;
import static dev.rondo.event.Event.AFTER_EPOCH;
import static dev.rondo.event.Event.AFTER_FIT;
import static dev.rondo.event.Event.BEFORE_BATCH;
import static dev.rondo.event.Event.BEFORE_EPOCH;
import static dev.rondo.event.Event.BEFORE_FIT;
import static dev.rondo.event.Event.BEFORE_TRAIN;
import static dev.rondo.event.Event.BEFORE_VALIDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.Recorder;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.Checkpointed;
import dev.rondo.annotation.On;
import dev.rondo.callback.CSVLogger;
import dev.rondo.callback.Checkpoints;
import dev.rondo.data.DataLoader;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelEpochException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.LrRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fit whose handlers do more than watch: it is asked to stop at each event in turn, goes on in a new learner, and comes to what an
 * uninterrupted fit comes to. {@code -Dresume.stops=1} stops at every event, and not only at some.
 */
class StopAnywhereTest extends Fixture {
    private static final int EVERY = Integer.getInteger("resume.stops", 61);

    @TempDir
    Path folder;

    /** What handlers have computed: a part of the outcome, and saved. */
    @Callback(order = 80)
    static class Notes {
        @Checkpointed
        List<Double> notes = new ArrayList<>();

        @On(BEFORE_FIT)
        void start(Learner learner) {
            if (learner.runDepth() == 1) notes.clear();
        }

        void add(double note) {
            notes.add(note);
        }
    }

    /** Counts what opens scopes. */
    @Callback
    static final class Counts extends Notes {
        @On({BEFORE_EPOCH, BEFORE_TRAIN, BEFORE_VALIDATE})
        void count(Learner learner) {
            add(notes.size() + (learner.training() ? .5 : 0));
        }
    }

    /** Removes itself at its second batch. */
    @Callback
    static final class Once {
        @Checkpointed
        int batches;

        @On(BEFORE_BATCH)
        void scale(Learner learner) {
            if (learner.runDepth() > 1) return;
            learner.optimizer().set(Hyper.LR, learner.lr() * .5);
            if (++batches == 6) learner.remove(learner.handle(this));
        }
    }

    @Callback
    static final class Halves {
        @On(BEFORE_BATCH)
        void halve(Learner learner) {
            if (learner.training()) learner.optimizer().set(Hyper.LR, learner.lr() * .9);
        }
    }

    /** A case: what is different in its learner, and its fits. */
    record Case(
            String name,
            UnaryOperator<LearnerBuilder> settings,
            Consumer<Learner> callbacks,
            Consumer<Learner> fits,
            List<DataLoader> data) {
        static Case of(String name, Consumer<Learner> callbacks) {
            return new Case(name, b -> b, callbacks, l -> l.fit(2), List.of());
        }

        Case fits(Consumer<Learner> fits) {
            return new Case(name, settings, callbacks, fits, data);
        }

        Case data(DataLoader... loaders) {
            return new Case(name, settings, callbacks, fits, List.of(loaders));
        }

        Case settings(UnaryOperator<LearnerBuilder> settings) {
            return new Case(name, settings, callbacks, fits, data);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static void on(Learner learner, String name, Event event, Callbacks.Handler handler) {
        learner.add(name, Callbacks.on(event, 20, l -> {
            if (l.runDepth() == 1) handler.handle(l);
        }));
    }

    private static Notes notes(Learner learner) {
        return learner.callback(Notes.class).orElseThrow();
    }

    static Stream<Case> cases() {
        return Stream.of(
                Case.of("nothing", l -> {}),
                Case.of("counts at before events", l -> l.add(new Counts())),
                Case.of(
                        "nested validation",
                        l -> on(l, "v", AFTER_EPOCH, x -> notes(x).add(
                                        x.validate().cells().get("valid_loss")))),
                Case.of(
                        "nested validation in a batch",
                        l -> on(l, "v", AFTER_BATCH, x -> {
                            if (x.training() && x.iter() == 1)
                                notes(x).add(x.validate().cells().get("valid_loss"));
                        })),
                Case.of("nested fit after an epoch", l -> on(l, "f", AFTER_EPOCH, x -> x.fit(1))),
                Case.of(
                        "nested fit in a batch",
                        l -> on(l, "f", AFTER_BATCH, x -> {
                            if (x.training() && x.iter() == 1) x.fit(1);
                        })),
                Case.of("nested fit before the fit", l -> on(l, "f", BEFORE_FIT, x -> x.fit(1))),
                Case.of(
                        "nested search before the fit",
                        l -> on(l, "f", BEFORE_FIT, x -> notes(x).add(x.lrFind(new LrRange().withBatches(6))
                                .measured()
                                .size()))),
                Case.of(
                        "nested search after an epoch",
                        l -> on(l, "f", AFTER_EPOCH, x -> notes(x).add(x.lrFind(new LrRange().withBatches(6))
                                .measured()
                                .size()))),
                Case.of(
                        "nested predictions",
                        l -> on(l, "f", AFTER_EPOCH, x -> {
                            try (var preds = x.getPreds(x.dataLoaders().valid())) {
                                notes(x).add(preds.preds().orElseThrow().sum().item_double());
                            }
                        })),
                Case.of(
                        "callbacks of the fit",
                        l -> on(l, "a", BEFORE_FIT, x -> x.until(Scope.FIT, x.addedCallbacks(new Halves())))),
                Case.of(
                        "callbacks of an epoch",
                        l -> on(l, "a", BEFORE_EPOCH, x -> x.until(Scope.EPOCH, x.addedCallbacks(new Halves())))),
                Case.of(
                        "callbacks of a training",
                        l -> on(l, "a", BEFORE_TRAIN, x -> x.until(Scope.TRAIN, x.addedCallbacks(new Halves())))),
                Case.of("callbacks removed for an epoch", l -> {
                    CallbackHandle h = l.add(new Halves());
                    on(l, "a", BEFORE_EPOCH, x -> {
                        if (x.epoch() == 0) x.until(Scope.EPOCH, x.removedCallbacks(h));
                    });
                }),
                Case.of("callbacks removed for the fit", l -> {
                    CallbackHandle h = l.add(new Halves());
                    on(l, "a", BEFORE_FIT, x -> x.until(Scope.FIT, x.removedCallbacks(h)));
                }),
                Case.of("a callback removes itself", l -> l.add(new Once())),
                Case.of("orders", l -> {
                    CallbackHandle h = l.add(new Halves());
                    on(l, "a", AFTER_EPOCH, x -> h.order(x.epoch() + 3));
                    on(l, "b", BEFORE_BATCH, x -> notes(x).add(x.lr()));
                }),
                Case.of(
                        "rates at epochs",
                        l -> on(l, "a", BEFORE_EPOCH, x -> x.optimizer().set(Hyper.LR, x.lr() * .5))),
                Case.of(
                        "cancelled training",
                        l -> on(l, "a", AFTER_BATCH, x -> {
                            if (x.training() && x.iter() == 1) throw CancelTrainException.INSTANCE;
                        })),
                Case.of(
                        "cancelled validation",
                        l -> on(l, "a", AFTER_BATCH, x -> {
                            if (!x.training()) throw CancelValidException.INSTANCE;
                        })),
                Case.of(
                        "cancelled epoch",
                        l -> on(l, "a", AFTER_BATCH, x -> {
                            if (x.epoch() == 0 && x.iter() == 2) throw CancelEpochException.INSTANCE;
                        })),
                Case.of(
                        "cancelled fit",
                        l -> on(l, "a", AFTER_BATCH, x -> {
                            if (x.epoch() == 1 && x.iter() == 1) throw CancelFitException.INSTANCE;
                        })),
                Case.of("a checkpoint wherever a scope opens", l -> {
                    for (Event e : List.of(BEFORE_FIT, BEFORE_EPOCH, BEFORE_TRAIN, BEFORE_VALIDATE))
                        on(l, "r" + e, e, Learner::requestCheckpoint);
                }),
                Case.of("a checkpoint when the fit ends", l -> {
                    for (Event e : List.of(AFTER_CANCEL_FIT, AFTER_FIT)) on(l, "r" + e, e, Learner::requestCheckpoint);
                }),
                Case.of("start epoch", l -> {}).fits(l -> l.fit(3, fit -> fit.startEpoch(1))),
                Case.of("fine tuning", l -> {}).fits(l -> l.fineTune(1)),
                Case.of("three fits", l -> {}).fits(l -> {
                    l.fit(0);
                    l.fit(1);
                    l.fit(1, .02);
                }),
                Case.of("a fit that resets the optimizer", l -> {}).fits(l -> {
                    l.fit(1);
                    l.fit(1, fit -> fit.resetOptimizer());
                }),
                Case.of("one cycle", l -> {}).fits(l -> l.fitOneCycle(2)),
                Case.of("search first", l -> {}).fits(l -> {
                    l.lrFind(new LrRange().withBatches(6));
                    l.fit(2);
                }),
                Case.of("metrics in training", l -> {}).settings(b -> b.recorder(new Recorder().withTrainMetrics())),
                Case.of("no validation data", l -> {}).data(Numbers.batches(3), Numbers.batches(0)),
                Case.of("no training data", l -> {}).data(Numbers.batches(0), Numbers.batches(2)),
                Case.of("a loader with more batches than it says", l -> {})
                        .data(Numbers.batches(4).claiming(2), Numbers.batches(2)),
                Case.of("a loader with fewer batches than it says", l -> {})
                        .data(Numbers.batches(2).claiming(4), Numbers.batches(2)));
    }

    /** One process. Returns what it comes to. */
    private Map<String, String> process(Case given, int stopAt, int[] events) {
        try (LinearModel model = new LinearModel.InTwoGroups()) {
            List<DataLoader> data = given.data.isEmpty() ? List.of(shuffled(8), shuffled(4)) : given.data;
            Learner learner = given.settings
                    .apply(given(model, data.get(0), data.get(1))
                            .metrics(mae())
                            .optimizer(Optimizers.sgd(.9, 0))
                            .lr(.005))
                    .build();
            try (learner) {
                learner.add("notes", new Notes());
                given.callbacks.accept(learner);
                learner.add(new CSVLogger(folder.resolve("history.csv")));
                learner.add(new Checkpoints(folder.resolve("checkpoints"))
                        .onRequest()
                        .keepLast(2));
                for (Event event : Event.values()) {
                    if (event == Event.AFTER_CREATE) continue;
                    learner.add("stop at " + event, Callbacks.on(event, 90, l -> {
                        if (++events[0] == stopAt) l.stop();
                    }));
                }
                learner.resume(folder.resolve("checkpoints"));
                given.fits.accept(learner);
                return learner.stopped() ? Map.of() : outcome(learner, model);
            }
        }
    }

    private static DataLoader shuffled(int n) {
        Tensor x = torch.arange(new Scalar(1), new Scalar(n + 1))
                .to(torch.ScalarType.Float)
                .view(n, 1);
        return TensorLoader.of(x, x.mul(new Scalar(2)).add(new Scalar(1)))
                .batchSize(2)
                .shuffle(3)
                .build();
    }

    private Map<String, String> outcome(Learner learner, LinearModel model) {
        Map<String, String> outcome = new LinkedHashMap<>();
        outcome.put("weights", Arrays.toString(model.values()));
        outcome.put(
                "rows",
                learner.recorder().rows().stream().map(EpochRow::cells).toList().toString());
        outcome.put("losses", Arrays.toString(learner.recorder().smoothLosses()));
        outcome.put("rates", Arrays.toString(learner.recorder().lrs()));
        outcome.put(
                "hypers",
                learner.recorder().hypers().values().stream()
                        .map(Arrays::toString)
                        .toList()
                        .toString());
        outcome.put(
                "counters",
                learner.epoch() + " " + learner.trainIter() + " " + learner.epochsBegun() + " " + learner.nEpoch() + " "
                        + learner.lr());
        outcome.put("notes", notes(learner).notes.toString());
        outcome.put(
                "callbacks",
                learner.callbacks().stream()
                        .map(h -> h.name() + h.order())
                        .toList()
                        .toString());
        learner.callback(Counts.class).ifPresent(c -> outcome.put("counts", c.notes.toString()));
        try {
            outcome.put("csv", Files.readString(folder.resolve("history.csv")).replaceAll("(?m),[^,]*$", ""));
        } catch (IOException e) {
            outcome.put("csv", e.toString());
        }
        return outcome;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void goesOnBitForBit(Case given) {
        Path all = folder;
        folder = all.resolve("whole");
        int[] events = new int[1];
        Map<String, String> expected = process(given, -1, events);
        StringBuilder differences = new StringBuilder();
        int interrupted = 0;
        for (int stop = 1; stop <= events[0]; stop += EVERY) {
            folder = all.resolve("stop-" + stop);
            try {
                Map<String, String> actual = process(given, stop, new int[1]);
                if (actual.isEmpty()) interrupted++;
                for (int i = 0; i < 3 && actual.isEmpty(); i++) actual = process(given, -1, new int[1]);
                if (stop % 4 == 1) actual = process(given, -1, new int[1]); // a run that has ended
                for (String name : expected.keySet()) {
                    if (!expected.get(name).equals(actual.get(name))) {
                        differences
                                .append("\nstop at ")
                                .append(stop)
                                .append(": ")
                                .append(name)
                                .append("\n    ")
                                .append(expected.get(name))
                                .append("\n    ")
                                .append(actual.get(name));
                    }
                }
            } catch (RuntimeException e) {
                differences.append("\nstop at ").append(stop).append(": ").append(e);
            }
            if (differences.length() > 2000) break;
        }
        assertEquals("", differences.toString());
        assertTrue(interrupted > 0);
    }
}
