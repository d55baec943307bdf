package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.callback.ActivationStats;
import dev.rondo.callback.HookCallback;
import dev.rondo.event.CancelBackwardException;
import dev.rondo.event.CancelBatchException;
import dev.rondo.nn.ForwardHook;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Group I: HookCallback and ActivationStats. */
class HooksTest extends Fixture {
    /** The calls of the hooks: the index of the training batch, or v in a validation. */
    private final List<String> seen = new ArrayList<>();

    private final ForwardHook write = (layer, output) -> seen.add(learner.training() ? "" + learner.trainIter() : "v");

    /** Calls its forward hooks, which the model of the other cases does not. */
    private static final class Shown extends Layer {
        final Linear linear = child("linear", new Linear(1, 1));

        @Override
        public Tensor forward(Tensor... inputs) {
            return output(linear.forward(inputs));
        }
    }

    private final Shown model = new Shown();

    private void learn(Object... callbacks) {
        build(given(model, Numbers.batches(5), Numbers.batches(1)));
        for (Object c : callbacks) learner.add(c);
    }

    private List<String> fit(int epochs) {
        learner.fit(epochs, 1e-4);
        assertFalse(model.hooked() || model.linear.hooked());
        List<String> all = List.copyOf(seen);
        seen.clear();
        return all;
    }

    /** In fastai, with an order above -10, hooks stay on in the other batches and in validation. */
    @Test
    void i10_hooksAreCalledInEveryNthTrainingBatch_atAnyOrder() {
        for (double order : new double[] {0, -20, 100}) {
            learn();
            learner.add(new HookCallback(2, write)).order(order);
            assertEquals(List.of("0", "2", "4", "6", "8"), fit(2));
            learner.close();
        }
    }

    @Test
    void i10_notInAValidationNestedInABatch() {
        learn(new HookCallback(5, write), Callbacks.on(BEFORE_BATCH, l -> {
            if (l.training()) l.validate();
        }));
        assertEquals(List.of("0", "5"), fit(2));
    }

    @Test
    void eachNestedFitHasItsOwnHooks() {
        boolean[] once = {true};
        learn(new HookCallback(2, write), Callbacks.on(BEFORE_BATCH, 1, l -> {
            if (l.trainIter() == 1 && once[0]) {
                once[0] = false;
                l.fit(1, 1e-4);
            }
        }));
        // A nested fit leaves its mode, so the rest of the outer phase is not training.
        assertEquals(List.of("0", "0", "2", "4"), fit(1));
    }

    @Test
    void withoutANumberTheyAreCalledInTheWholeRun() {
        learn(new HookCallback(write));
        assertEquals(List.of("0", "1", "2", "3", "4", "v"), fit(1));
        learner.validate();
        assertEquals(List.of("v"), fit(0));
    }

    @Test
    void hooksAreOnLayersWithParameters_unlessLayersAreGiven() {
        Sequential net = new Sequential(new Linear(1, 2), new ReLU(), new Sequential(new Linear(2, 1)));
        learner = given(net, Numbers.batches(1), Numbers.batches(1)).build();
        List<Layer> layers = new ArrayList<>();
        ForwardHook list = (layer, output) -> layers.add(layer);
        learner.fit(1, fit -> fit.callbacks(new HookCallback(1, list)));
        assertEquals(List.of(net.layers().get("0"), net.layers().get("2.0")), layers);
        layers.clear();
        learner.fit(
                1, fit -> fit.callbacks(new HookCallback(1, list, net.layers().get("1"), net)));
        assertEquals(List.of(net.layers().get("1"), net), layers);
        net.close();
    }

    @Test
    void outputsAreDetachedAndAutogradDoesNotRecordTheHook() {
        List<Boolean> graphs = new ArrayList<>();
        learn(new HookCallback(1, (layer, output) -> {
            graphs.add(output.requires_grad());
            graphs.add(output.mul(new Scalar(2f)).requires_grad());
        }));
        learner.fit(1, 1e-4);
        assertEquals(10, graphs.size());
        assertFalse(graphs.contains(true));
    }

    /** The model is 0, so the gradients are 2·(0 − y)/2 for the two samples of a batch. */
    @Test
    void gradientsAreThoseOfTheLossWithRespectToTheOutputs_lastLayerFirst() {
        List<Layer> layers = new ArrayList<>();
        List<double[]> gradients = new ArrayList<>();
        learn(new HookCallback(
                        2,
                        (layer, gradient) -> {
                            assertFalse(gradient.requires_grad());
                            assertEquals(AFTER_BACKWARD, learner.event());
                            layers.add(layer);
                            gradients.add(values(gradient));
                        },
                        model,
                        model.linear)
                .ofGradients());
        zero(model.linear);
        learner.fit(1, 0);
        assertEquals(List.of(model, model.linear, model, model.linear, model, model.linear), layers);
        assertClose(gradients.get(0), -3, -5);
        assertClose(gradients.get(1), -3, -5);
        assertClose(gradients.get(2), -11, -13); // the third batch
    }

    private static void zero(Layer layer) {
        try (NoGrad off = NoGrad.enter()) {
            layer.parameters().forEach(p -> p.tensor().zero_());
        }
    }

    @Test
    void onlyLayersWithGradientsAreShown() {
        learn(new HookCallback(write).ofGradients());
        learner.add(Throw.once(BEFORE_BACKWARD, l -> l.trainIter() == 1, CancelBackwardException.INSTANCE));
        learner.add("early", Throw.once(AFTER_LOSS, l -> l.trainIter() == 2, CancelBatchException.INSTANCE));
        learner.add("validates", Callbacks.on(AFTER_LOSS, 1, l -> {
            if (l.training() && l.trainIter() == 3) l.validate();
        }));
        assertEquals(List.of("0", "3", "4"), fit(1)); // and never in validation
    }

    @Test
    void frozenLayersHaveNoGradient() {
        Sequential net = new Sequential(new Linear(1, 2), new ReLU(), new Linear(2, 1));
        List<Layer> layers = new ArrayList<>();
        learner = given(net, Numbers.batches(1), Numbers.batches(1))
                .callbacks(new HookCallback((layer, gradient) -> layers.add(layer)).ofGradients())
                .build();
        net.layers().get("0").parameters().forEach(p -> p.tensor().set_requires_grad(false));
        learner.fit(1);
        assertEquals(List.of(net.layers().get("2")), layers);
        net.close();
    }

    @Test
    void outputsAreFreedWithTheBatch_alsoAfterAnError() throws InterruptedException {
        learn(new HookCallback(write).ofGradients());
        for (boolean fails : new boolean[] {false, true}) {
            if (fails) learner.add("fail", Throw.failure(AFTER_BACKWARD, new ArithmeticException()));
            fitInScope(fails);
            long before = Tensors.handles();
            for (int i = 0; i < 5; i++) fitInScope(fails);
            assertTrue(Tensors.handles() <= before);
        }
    }

    private void fitInScope(boolean fails) {
        try (PointerScope memory = new PointerScope()) {
            if (fails) assertThrows(CallbackException.class, () -> learner.fit(1));
            else learner.fit(1, 1e-4);
        }
    }

    @Test
    void hooksAreRemovedHoweverABatchEnds() {
        learn(new HookCallback(1, write), Throw.once(AFTER_PRED, CancelBatchException.INSTANCE));
        Object late = Callbacks.on(AFTER_BATCH, 1, l -> assertEquals(l.training(), model.linear.hooked()));
        learner.fit(1, fit -> fit.callbacks(late));
        assertFalse(model.linear.hooked());
        learner.add("fail", Throw.failure(AFTER_LOSS, new ArithmeticException()));
        assertThrows(CallbackException.class, () -> learner.fit(1));
        assertFalse(model.linear.hooked());
    }

    @Test
    void theExceptionOfAHookIsNotWrapped_andTheHookIsRemoved() {
        learn(new HookCallback(1, (layer, output) -> {
            throw new ArithmeticException();
        }));
        assertThrows(ArithmeticException.class, () -> learner.fit(1));
        assertFalse(model.linear.hooked());
    }

    @Test
    void aCallbackThatIsOffHasNoHooks() {
        learn();
        HookCallback hooks = new HookCallback(1, write);
        learner.add(hooks);
        learner.add("off", Callbacks.on(AFTER_BATCH, l -> l.handle(hooks).run(l.trainIter() < 2)));
        assertEquals(List.of("0", "1"), fit(1));
    }

    // ---- statistics

    /** y = 2x + 1, so that the outputs of a batch x, x + 1 are 2x + 1 and 2x + 3. */
    private void twicePlusOne() {
        model.linear.parameters().get(0).tensor().set_data(Numbers.column(2));
        model.linear.parameters().get(1).tensor().set_data(Numbers.column(1).view(1));
    }

    @Test
    void statisticsAreThoseOfTheTrainingBatches() {
        twicePlusOne();
        ActivationStats stats = new ActivationStats();
        learn(stats);
        learner.fit(1, 0);
        assertEquals(List.of("linear"), stats.layers());
        assertClose(stats.means("linear"), 4, 8, 12, 16, 20);
        double[] deviations = new double[5];
        Arrays.fill(deviations, Math.sqrt(2));
        assertClose(stats.deviations("linear"), deviations);
        assertClose(stats.nearZero("linear"), 0, 0, 0, 0, 0);
        learner.fit(1, 0);
        assertEquals(5, stats.means("linear").length); // only the last fit
        stats.close();
    }

    @Test
    void nearZeroIncludesAllNegativeValues() {
        ActivationStats stats = new ActivationStats().every(2);
        learn(stats);
        model.linear.parameters().get(0).tensor().set_data(Numbers.column(-1));
        model.linear.parameters().get(1).tensor().set_data(Numbers.column(1.06f).view(1)); // .06, -.94; -1.94, …
        learner.fit(1, 0);
        assertClose(stats.nearZero("linear"), .5, 1, 1);
        stats.close();
    }

    @Test
    void histogramsCoverZeroToTen() {
        twicePlusOne();
        ActivationStats stats = new ActivationStats().withHistograms().of(model.linear, model);
        learn(stats);
        learner.fit(1, 0);
        assertEquals(List.of("", "linear"), stats.layers());
        double[][] rows = stats.histograms("linear");
        assertEquals(5, rows.length);
        assertEquals(1, rows[0][12]); // 3 is in the bin from 3 to 3.25
        assertEquals(1, rows[0][20]); // 5
        assertEquals(2, Arrays.stream(rows[0]).sum());
        assertEquals(0, Arrays.stream(rows[4]).sum()); // 19, 21
        assertClose(stats.means(""), 4, 8, 12, 16, 20);
        stats.close();
    }

    @Test
    void aBatchCancelledBeforeTheModelRanHasNoStatistics() {
        ActivationStats stats = new ActivationStats();
        learn(stats, Throw.once(BEFORE_BATCH, l -> l.trainIter() == 1, CancelBatchException.INSTANCE));
        learner.fit(1, 0);
        assertEquals(4, stats.means("linear").length);
        stats.close();
    }

    /** A layer that a batch does not use has no value. */
    @Test
    void theMeanOfALayerThatWasNotCalledIsNaN() {
        Linear unused = new Linear(1, 1);
        Layer half = new Layer() {
            private final Linear used = child("used", new Linear(1, 1));
            private final Linear other = child("unused", unused);

            @Override
            public Tensor forward(Tensor... inputs) {
                return used.forward(inputs);
            }
        };
        ActivationStats stats = new ActivationStats();
        learner = given(half, Numbers.batches(2), Numbers.batches(1))
                .callbacks(stats)
                .build();
        learner.fit(1, 0);
        assertClose(stats.means("unused"), Double.NaN, Double.NaN);
        assertFalse(Double.isNaN(stats.means("used")[1]));
        half.close();
        stats.close();
    }

    @Test
    void validationsAndPredictionsChangeNothing() {
        ActivationStats stats = new ActivationStats();
        learn(stats);
        learner.fit(1, 0);
        double[] before = stats.means("linear");
        learner.validate();
        learner.getPreds(Numbers.batches(2)).close();
        assertClose(stats.means("linear"), before);
        stats.close();
    }

    @Test
    void wrongLayersAreRejected() {
        ActivationStats stats = new ActivationStats();
        learn(stats);
        learner.fit(1, 0);
        Exception e = assertThrows(IllegalArgumentException.class, () -> stats.means("0"));
        assertEquals("No layer '0' is recorded: there are [linear].", e.getMessage());
        ActivationStats other = new ActivationStats().of(new ReLU());
        CallbackException failure =
                assertThrows(CallbackException.class, () -> learner.fit(1, fit -> fit.callback("other", other)));
        assertEquals(
                "ActivationStats cannot record a ReLU that is not part of the model.",
                failure.getCause().getMessage());
        e = assertThrows(IllegalStateException.class, () -> stats.histograms("linear"));
        assertEquals("This ActivationStats records no histograms: build it withHistograms().", e.getMessage());
        stats.close();
    }
}
