package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.UncaughtCancelException;
import dev.rondo.callback.ActivationStats;
import dev.rondo.callback.BnFreeze;
import dev.rondo.callback.CSVLogger;
import dev.rondo.callback.ChannelsLast;
import dev.rondo.callback.CollectData;
import dev.rondo.callback.FetchPreds;
import dev.rondo.callback.GradientNormMonitor;
import dev.rondo.callback.HookCallback;
import dev.rondo.callback.LearningRateMonitor;
import dev.rondo.callback.MCDropout;
import dev.rondo.callback.ModelResetter;
import dev.rondo.callback.RNNCallback;
import dev.rondo.callback.RNNRegularizer;
import dev.rondo.callback.SWA;
import dev.rondo.callback.WeightEMA;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.event.Scope;
import dev.rondo.loss.Loss;
import dev.rondo.nn.BatchNorm1d;
import dev.rondo.nn.Dropout;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.MultiOutput;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.InScope;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A learner with any built-in callback can be used again, however a run ends. */
@ExtendWith(InScope.class)
class WholeLearnerTest {
    @TempDir
    static Path folder;

    /** The callbacks, each with the callbacks that it requires. */
    enum BuiltIn {
        ACTIVATION_STATS,
        BN_FREEZE,
        CHANNELS_LAST,
        COLLECT_DATA,
        CSV_LOGGER,
        FETCH_PREDS,
        GRADIENT_HOOKS,
        GRADIENT_NORM_MONITOR,
        HOOK_CALLBACK,
        LEARNING_RATE_MONITOR,
        MC_DROPOUT,
        MODEL_RESETTER,
        RNN_CALLBACK,
        RNN_REGULARIZER,
        SWA,
        WEIGHT_EMA;

        /** The callbacks that change the results of a fit, which are not compared with a fit without the callback. */
        private static final Set<BuiltIn> ACTIVE = Set.of(BN_FREEZE, RNN_REGULARIZER);

        /** The callbacks that change the results at the end of a fit that does not fail. */
        private static final Set<BuiltIn> ACTIVE_AT_THE_END = Set.of(SWA, WEIGHT_EMA);

        List<Object> callbacks() {
            return switch (this) {
                case ACTIVATION_STATS -> List.of(new ActivationStats().withHistograms());
                case BN_FREEZE -> List.of(new BnFreeze());
                case CHANNELS_LAST -> List.of(new ChannelsLast());
                case COLLECT_DATA -> List.of(new CollectData());
                case CSV_LOGGER ->
                    List.of(new CSVLogger(folder.resolve(Thread.currentThread().getName() + ".csv")));
                case FETCH_PREDS -> List.of(new FetchPreds());
                case GRADIENT_HOOKS -> List.of(new HookCallback((layer, gradient) -> gradient.sum()).ofGradients());
                case GRADIENT_NORM_MONITOR -> List.of(new GradientNormMonitor());
                case HOOK_CALLBACK -> List.of(new HookCallback(2, (layer, output) -> output.sum()));
                case LEARNING_RATE_MONITOR -> List.of(new LearningRateMonitor());
                case MC_DROPOUT -> List.of(new MCDropout());
                case MODEL_RESETTER -> List.of(new ModelResetter());
                case RNN_CALLBACK -> List.of(new RNNCallback());
                case RNN_REGULARIZER -> List.of(new RNNCallback(), new RNNRegularizer(1, 1));
                case SWA -> List.of(new SWA(0));
                case WEIGHT_EMA -> List.of(new WeightEMA(.5));
            };
        }
    }

    /** A model with all kinds of layers, with the same weights each time. */
    private static final class Net extends Layer implements MultiOutput {
        private final Linear in = child("in", new Linear(1, 4));
        private final BatchNorm1d norm = child("norm", new BatchNorm1d(4));
        private final Dropout dropout = child("dropout", new Dropout(0));
        private final Linear out = child("out", new Linear(4, 1));
        private List<Tensor> outputs = List.of();

        Net() {
            try (NoGrad off = NoGrad.enter()) {
                for (Parameter p : parameters()) p.tensor().fill_(new Scalar(.1));
            }
        }

        @Override
        public Tensor forward(Tensor... x) {
            Tensor raw = norm.forward(in.forward(x));
            Tensor dropped = dropout.forward(raw);
            outputs = List.of(out.forward(dropped), raw, dropped);
            return output(outputs.get(0));
        }

        @Override
        public List<Tensor> outputs() {
            return outputs;
        }

        float[] weights() {
            float[] all = {};
            for (Parameter p : parameters()) {
                float[] values = Tensors.values(p.tensor());
                int n = all.length;
                all = Arrays.copyOf(all, n + values.length);
                System.arraycopy(values, 0, all, n, values.length);
            }
            return all;
        }
    }

    private static Learner learner(Net net, List<Object> callbacks) {
        return new Fixture() {}.given(net, Numbers.batches(2), Numbers.batches(2))
                .callbacks(callbacks.toArray())
                .build();
    }

    /** The results of a fit with a failure or a cancel. */
    private record Outcome(float[] weights, boolean failed) {}

    private static Outcome fit(BuiltIn builtIn, Object trouble) {
        Net net = new Net();
        try (PointerScope memory = new PointerScope();
                Learner learner = learner(net, builtIn == null ? List.of() : builtIn.callbacks())) {
            Loss loss = learner.lossFunction();
            CallbackHandle troubled = learner.add("trouble", trouble);
            boolean failed = false;
            try {
                learner.fit(2, .01);
            } catch (CallbackException | UncaughtCancelException expected) {
                failed = true;
            }
            Outcome outcome = new Outcome(net.weights(), failed);
            assertSame(loss, learner.lossFunction());
            assertTrue(learner.logging() && GradMode.is_enabled());
            assertEquals(0, learner.runDepth());
            assertEquals(
                    1,
                    net.layers().values().stream()
                            .map(Layer::training)
                            .distinct()
                            .count(),
                    "layers in one mode");
            assertTrue(net.layers().values().stream().noneMatch(Layer::hooked));
            learner.remove(troubled);
            learner.fit(1, .01);
            assertTrue(Float.isFinite(net.weights()[0]));
            learner.validate();
            learner.getPreds(Numbers.batches(1)).close();
            close(learner);
            return outcome;
        } finally {
            net.close();
        }
    }

    private static void close(Learner learner) throws IllegalStateException {
        for (CallbackHandle handle : learner.callbacks()) {
            try {
                if (handle.callback() instanceof AutoCloseable closeable) closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A failure or a cancel, the second time that an event fires in a fit, or the first time if it fires once. */
    private record Trouble(Event at, Scope cancelled) {
        /** A failure at each event, and one of the cancels that are allowed there. */
        static List<Trouble> all() {
            return Arrays.stream(Event.values())
                    .flatMap(at -> Stream.concat(
                            Stream.of(new Trouble(at, null)),
                            at.cancels().stream()
                                    .skip(at.ordinal() % 3)
                                    .limit(1)
                                    .map(s -> new Trouble(at, s))))
                    .toList();
        }

        Object callback() {
            int[] calls = new int[1];
            boolean once = at.scope().isEmpty() || at.scope().get() == Scope.FIT;
            return Callbacks.on(at, 1, l -> {
                if (l.runKind() != RunKind.FIT || ++calls[0] != (once ? 1 : 2)) return;
                if (cancelled == null) throw new ArithmeticException();
                throw CancelException.of(cancelled);
            });
        }
    }

    private static final Map<Trouble, Outcome> PLAIN = new HashMap<>();

    @ParameterizedTest
    @EnumSource
    void theLearnerCanBeUsedHoweverARunEnds(BuiltIn builtIn) {
        for (Trouble trouble : Trouble.all()) {
            Outcome plain = PLAIN.computeIfAbsent(trouble, t -> fit(null, t.callback()));
            Outcome outcome = fit(builtIn, trouble.callback());
            assertEquals(plain.failed, outcome.failed, trouble::toString);
            boolean ended = !outcome.failed || trouble.at == Event.AFTER_FIT;
            boolean other = BuiltIn.ACTIVE.contains(builtIn) || ended && BuiltIn.ACTIVE_AT_THE_END.contains(builtIn);
            if (!other) assertArrayEquals(plain.weights, outcome.weights, trouble::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void validationsAndPredictionsBeforeTheFirstFit(BuiltIn builtIn) {
        Net net = new Net();
        float[] before = net.weights();
        try (Learner learner = learner(net, builtIn.callbacks())) {
            learner.validate();
            learner.getPreds(Numbers.batches(1)).close();
            learner.predict(Numbers.column(1).view(1)).close();
            learner.context().close();
            learner.fit(0);
            assertArrayEquals(before, net.weights());
            close(learner);
        }
        net.close();
    }

    /** A search for a learning rate does not change the weights and the state of callbacks, also in the middle of a fit. */
    @ParameterizedTest
    @EnumSource
    void aSearchForALearningRateChangesNothing(BuiltIn builtIn) {
        List<float[]> weights = new ArrayList<>();
        for (boolean searches : new boolean[] {false, true}) {
            Net net = new Net();
            try (Learner learner = learner(net, builtIn.callbacks())) {
                learner.add(Callbacks.on(Event.BEFORE_EPOCH, l -> {
                    if (searches && l.runKind() == RunKind.FIT && l.epoch() == 1) l.lrFind();
                }));
                if (searches) learner.lrFind();
                learner.fit(2, .01);
                weights.add(net.weights());
                close(learner);
            }
            net.close();
        }
        assertArrayEquals(weights.get(0), weights.get(1));
    }

    /** Two learners have the same results alternately as one after the other. */
    @ParameterizedTest
    @EnumSource
    void twoLearnersInTurn(BuiltIn builtIn) throws InterruptedException {
        Object nothing = Callbacks.on(Event.BEFORE_FIT, l -> {});
        float[] alone = fit(builtIn, nothing).weights;
        List<float[]> together = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 3; j++) {
                    float[] weights = fit(builtIn, Callbacks.on(Event.BEFORE_FIT, l -> {})).weights;
                    synchronized (together) {
                        together.add(weights);
                    }
                }
            });
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) thread.join();
        assertEquals(List.of(), failures);
        assertEquals(6, together.size());
        for (float[] weights : together) assertArrayEquals(alone, weights);
    }

    @Test
    void allCallbacksTogetherLeaveNoHandleInABatch() {
        List<Object> callbacks = Arrays.stream(BuiltIn.values())
                .filter(b -> b != BuiltIn.COLLECT_DATA) // keeps batches
                .filter(b -> b != BuiltIn.RNN_CALLBACK && b != BuiltIn.GRADIENT_HOOKS) // registered twice
                .flatMap(b -> b.callbacks().stream())
                .toList();
        Net net = new Net();
        List<Long> handles = new ArrayList<>();
        try (Learner learner = new Fixture() {}.given(net, Numbers.batches(30), Numbers.batches(30))
                .callbacks(callbacks.toArray())
                .build()) {
            learner.fit(1, 1e-4);
            learner.add(Callbacks.on(Event.BEFORE_BATCH, -1e9, l -> handles.add(Pointer.totalCount())));
            learner.fit(2, 1e-4);
            // 30 in training, 30 in validation, and the 30 that are fetched after it, which are gathered
            for (int epoch = 0; epoch < 2; epoch++) {
                for (int phase = 0; phase < 2; phase++) {
                    int from = 90 * epoch + 30 * phase;
                    for (int i = from + 3; i < from + 30; i++) {
                        assertTrue(
                                handles.get(i) <= handles.get(i - 2), handles::toString); // hooks in every second batch
                    }
                }
            }
            close(learner);
        }
        net.close();
    }
}
