package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.rondo.CallbackHandle;
import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.Predictions;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientClip;
import dev.rondo.callback.MixUp;
import dev.rondo.callback.Monitor;
import dev.rondo.callback.SaveModel;
import dev.rondo.checkpoint.LoadOptions;
import dev.rondo.data.Batch;
import dev.rondo.data.Idx;
import dev.rondo.data.TensorLoader;
import dev.rondo.loss.Losses;
import dev.rondo.metric.Metrics;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.LrCurve;
import dev.rondo.schedule.LrRange;
import dev.rondo.schedule.LrSearch;
import dev.rondo.schedule.OneCycle;
import dev.rondo.schedule.Schedules;
import dev.rondo.torch.Generators;
import dev.rondo.torch.Tensors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees who prints an object: short, the same in each run, and sizes instead of values. */
class TextsTest extends Fixture {
    static Stream<List<Object>> texts() {
        LrCurve curve = new LrCurve(new double[] {.1, .2, .3}, new double[] {3, 1, 2});
        Map<String, Double> cells = new LinkedHashMap<>();
        cells.put("train_loss", .25);
        cells.put("accuracy", 1.);
        return Stream.of(
                List.of("LrCurve of 3 points: lr 1.00e-01 to 3.00e-01, smallest loss 1.000 at lr 2.00e-01", curve),
                List.of(
                        "LrSearch: valley 3.00e-01, minimum 2.00e-02, steep 1.00e-01, from 3 of 3 points",
                        new LrSearch(curve, curve)),
                List.of(
                        "LrSearch: no suggestion, from 0 of 3 points; search over more batches",
                        LrSearch.of(curve, 100)),
                List.of("LrRange from 1.0E-7 to 10.0 in 100 batches", new LrRange()),
                List.of("linear from 0.0 to 1.0", Schedules.linear(0, 1)),
                List.of(
                        "cosine from 0.04 to 1.0 for 0.25, then cosine from 1.0 to 1.0E-5 for 0.75",
                        new OneCycle().lr(1)),
                List.of("a lambda of TextsTest for 1.0", Schedules.combine(List.of(1.), List.of(at -> at))),
                List.of(
                        "epoch 7: train_loss 0.250000, accuracy 1.000000, time 01:05",
                        new EpochRow(7, cells, Duration.ofSeconds(65))),
                List.of("Adam with mom 0.9, sqr_mom 0.999, eps 1.0E-8, wd 0.01", Optimizers.adamW()),
                List.of(
                        "Lookahead of RAdam with mom 0.95, sqr_mom 0.99, eps 1.0E-6, wd 0.01, beta 0.0, coupled decay",
                        Optimizers.ranger().withCoupledDecay()),
                List.of(
                        "focal[gamma=2.0, axis=-1, reduction=MEAN]",
                        Losses.focal().withAxis(-1)),
                List.of("Metric accuracy (larger is better)", Metrics.accuracy()),
                List.of("Metric x", Metrics.value("y", () -> 1).withName("x")),
                List.of(
                        "valid_loss by more than 0.1 across fits",
                        Monitor.VALID_LOSS.withMinDelta(.1).acrossFits()),
                List.of("EarlyStopping[monitor=valid_loss, patience=1]", new EarlyStopping()),
                List.of("MixUp[alpha=0.4, seed=0]", new MixUp()),
                List.of("GradientClip[value=2.0]", GradientClip.byValue(2)),
                List.of("SaveModel[file=best, monitor=valid_loss]", new SaveModel(Path.of("best"))),
                List.of("Idx [2, 1]", new Idx(new int[] {2, 1}, new byte[2])),
                List.of(
                        "LoadOptions[inside model, strip prefix module., rename a to b, partial]",
                        new LoadOptions()
                                .partial()
                                .stripPrefix("module.")
                                .rename("a", "b")
                                .inside("model")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textsAreStable(List<Object> textAndObject) {
        assertEquals(textAndObject.get(0), textAndObject.get(1).toString());
    }

    @Test
    void tensorsAreShownByShapeAndType() {
        Tensor x = Tensors.count(2, 3), y = Tensors.longs(0, 1);
        assertEquals(
                "Batch of [2, 3] float32 with targets [2] int64", Batch.of(x, y).toString());
        assertEquals("Batch of [2, 3] float32 without targets", new Batch(List.of(x), List.of()).toString());
        assertEquals("Parameter w [2, 3] float32 WEIGHT", new Parameter("w", x, Parameter.Role.WEIGHT).toString());
    }

    @Test
    void aLearnerShowsItsParts() {
        Learner learner = build(given().metrics(mae()));
        learner.fit(1);
        assertEquals("""
                Learner
                  model: LinearModel, 2 parameters (2 elements)
                  loss: mse[reduction=MEAN]
                  data: DataLoaders[…
                  optimizer: Optimizer Sgd
                    group 0: 2 parameters (2 elements) with lr 0.1, mom 0.0, wd 0.0
                  metrics: mae
                  callbacks: train_eval, recorder, T""", learner.toString().replaceFirst("DataLoaders.*", "DataLoaders[…"));
    }

    @Test
    void frozenGroupsSaySo() {
        Learner learner = build(given());
        learner.freezeTo(1);
        assertEquals(
                "2 parameters (2 elements, frozen) with lr 0.1, mom 0.0, wd 0.0",
                learner.optimizer().groups().get(0).toString());
    }

    @Test
    void aHandleShowsItsSettings() {
        CallbackHandle handle = learner().add("stop", new EarlyStopping());
        assertEquals("CallbackHandle[stop, order=63.0]", handle.toString());
        learner.remove(handle.run(false));
        assertEquals("CallbackHandle[stop, order=63.0, off, not registered]", handle.toString());
    }

    @Test
    void closedObjectsSaySo() {
        Predictions predictions = learner().getPreds(learner.dataLoaders().valid());
        assertEquals("Predictions[preds [2, 1] float32, targets [2, 1] float32]", predictions.toString());
        predictions.close();
        assertEquals("Predictions[preds a closed tensor, targets a closed tensor]", predictions.toString());
        Generators generators = Generators.seeded(3);
        assertEquals("Generators[seed=3]", generators.toString());
        generators.close();
        assertEquals("Generators (closed)", generators.toString());
        Linear layer = new Linear(2, 3);
        layer.close();
        assertEquals("Linear 2→3 (closed)", layer.toString());
        Tensor x = Tensors.count(2, 3), y = Tensors.longs(0, 1);
        TensorLoader loader = TensorLoader.of(x, y).build();
        x.setNull();
        assertEquals("TensorLoader of 2 samples in 1 batches of 64 (its tensors are freed)", loader.toString());
        assertEquals(
                "Batch of a closed tensor with targets [2] int64",
                Batch.of(x, y).toString());
    }

    @Test
    void recordsOfArraysAreEqualByContent() {
        assertEquals(curve(1), curve(1));
        assertEquals(curve(1).hashCode(), curve(1).hashCode());
        assertNotEquals(curve(1), curve(2));
        assertEquals(new Idx(new int[] {1}, new byte[] {5}), new Idx(new int[] {1}, new byte[] {5}));
        assertNotEquals(new Idx(new int[] {1}, new byte[] {5}), new Idx(new int[] {1}, new byte[] {6}));
    }

    private static LrCurve curve(double loss) {
        return new LrCurve(new double[] {.1}, new double[] {loss});
    }
}
