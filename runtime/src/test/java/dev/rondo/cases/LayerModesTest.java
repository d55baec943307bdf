package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.CallbackHandle;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.Predictions;
import dev.rondo.callback.BnFreeze;
import dev.rondo.callback.MCDropout;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.CancelValidException;
import dev.rondo.event.Event;
import dev.rondo.nn.BatchNorm1d;
import dev.rondo.nn.Dropout;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Model;
import dev.rondo.nn.Parameter;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Group I: BnFreeze and MCDropout, which set the mode of single layers. */
class LayerModesTest extends Fixture {
    /** A norm and a dropout in the first parameter group, a linear layer in the second. */
    private static final class Net extends Layer {
        final BatchNorm1d norm = child("norm", new BatchNorm1d(1));
        final Dropout dropout = child("dropout", new Dropout(.5));
        final Linear head = child("head", new Linear(1, 1));

        @Override
        public Tensor forward(Tensor... x) {
            return output(head.forward(dropout.forward(norm.forward(x))));
        }

        @Override
        public List<List<Parameter>> parameterGroups() {
            return List.of(parameters().subList(0, 2), parameters().subList(2, 4));
        }

        Map<String, Boolean> modes() {
            return Map.of("norm", norm.training(), "dropout", dropout.training(), "head", head.training());
        }
    }

    private final Net net = new Net();
    private final List<Object> seen = new ArrayList<>();

    @AfterEach
    void closeNet() {
        net.close();
    }

    private Learner learn(boolean trainNorms, Object callback) {
        learner = given(net, Numbers.batches(2), Numbers.batches(1))
                .trainNorms(trainNorms)
                .callbacks(callback)
                .build();
        return learner;
    }

    private Object watch(Event at, Function<Learner, ?> what) {
        return Callbacks.on(at, 1, l -> seen.add(what.apply(l)));
    }

    @Test
    void i9_frozenNormsAreInEvaluationModeWhileTheRestTrains() {
        learn(false, new BnFreeze()).freezeTo(1).add(watch(Event.AFTER_PRED, l -> net.norm.training()));
        learner.fit(2);
        assertEquals(List.of(false, false, false, false, false, false), seen);
        assertArrayEquals(new float[] {0}, Tensors.values(net.buffers().get("norm.running_mean")));
    }

    @Test
    void i9_trainedNormsStayInTrainingMode() {
        learn(true, new BnFreeze()).freezeTo(1).add(watch(Event.AFTER_PRED, l -> net.norm.training()));
        learner.fit(1);
        assertEquals(List.of(true, true, false), seen);
        assertNotEquals(0, Tensors.values(net.buffers().get("norm.running_mean"))[0]);
    }

    /** A validation in the middle of an epoch does not change the training. */
    @Test
    void aFrozenNormKeepsItsModeAfterAValidationInABatch() {
        learn(false, new BnFreeze()).freezeTo(1);
        learner.add(Callbacks.on(Event.BEFORE_BATCH, l -> {
            if (l.training()) l.validate();
        }));
        learner.add("watch", Callbacks.on(Event.AFTER_PRED, 1, l -> {
            if (l.training()) seen.add(net.modes());
        }));
        learner.fit(1);
        Map<String, Boolean> frozen = Map.of("norm", false, "dropout", true, "head", true);
        assertEquals(List.of(frozen, frozen), seen);
    }

    @Test
    void normsHaveTheModeOfTheModelAfterTraining() {
        learn(false, new BnFreeze()).freezeTo(1);
        learner.add(Throw.once(Event.AFTER_LOSS, CancelTrainException.INSTANCE));
        learner.add("watch", watch(Event.AFTER_TRAIN, l -> net.norm.training()));
        CallbackHandle failing = learner.add("fail", Throw.failure(Event.BEFORE_VALIDATE, new ArithmeticException()));
        assertThrows(CallbackException.class, () -> learner.fit(1));
        learner.remove(failing);
        assertEquals(List.of(false), seen);
        assertFalse(net.norm.training() || net.head.training());
        learner.add("fail in a batch", Throw.failure(Event.BEFORE_STEP, new ArithmeticException()));
        assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(Map.of("norm", true, "dropout", true, "head", true), net.modes());
    }

    @Test
    void i13_dropoutIsOnInValidationAndOffAfterIt() {
        learn(true, new MCDropout()).add(watch(Event.AFTER_PRED, l -> net.modes()));
        learner.fit(1);
        assertEquals(Map.of("norm", false, "dropout", true, "head", false), seen.get(2));
        assertEquals(Map.of("norm", false, "dropout", false, "head", false), net.modes());
    }

    @Test
    void eachPredictionIsAnotherSample() {
        learner = given(net, Numbers.batches(2), Numbers.batches(1)).build();
        List<List<Float>> draws = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            try (Predictions p = learner.getPreds(Numbers.batches(8), o -> o.callbacks(new MCDropout()))) {
                draws.add(floats(p.preds().orElseThrow()));
            }
        }
        assertEquals(4, draws.stream().distinct().count());
        try (Predictions p = learner.getPreds(Numbers.batches(8));
                Predictions again = learner.getPreds(Numbers.batches(8))) {
            assertEquals(floats(p.preds().orElseThrow()), floats(again.preds().orElseThrow()));
        }
    }

    private static List<Float> floats(Tensor of) {
        List<Float> floats = new ArrayList<>();
        for (float f : Tensors.values(of)) floats.add(f);
        return floats;
    }

    @Test
    void dropoutIsOffAfterACancelledOrFailedValidation() {
        learn(true, new MCDropout());
        learner.add(Throw.once(Event.AFTER_PRED, Throw.VALIDATING, CancelValidException.INSTANCE));
        learner.fit(1);
        assertFalse(net.dropout.training());
        learner.add("fail", Callbacks.on(Event.AFTER_LOSS, l -> {
            if (!l.training()) throw new ArithmeticException();
        }));
        assertThrows(CallbackException.class, () -> learner.validate());
        assertFalse(net.dropout.training());
    }

    @Test
    void anyLayerWithDropoutInItsNameIsAffected() {
        class WordDropout extends Layer {
            @Override
            public Tensor forward(Tensor... inputs) {
                seen.add(training());
                return inputs[0];
            }
        }
        Sequential own = new Sequential(new Linear(1, 1), new WordDropout());
        learner = given(own, Numbers.batches(1), Numbers.batches(1))
                .callbacks(new MCDropout())
                .build();
        learner.fit(1);
        assertEquals(List.of(true, true), seen);
        own.close();
    }

    @Test
    void requiresAModelOfLayers() {
        learner = given(new Bare(), Numbers.batches(1), Numbers.batches(1))
                .callbacks(new MCDropout())
                .build();
        CallbackException e = assertThrows(CallbackException.class, () -> learner.validate());
        assertEquals(
                "MCDropout needs the layers of the model, but Bare is not a dev.rondo.nn.Layer: extend it, or leave"
                        + " MCDropout out.",
                e.getCause().getMessage());
        assertTrue(learner.callbacks().size() > 1);
    }

    /** A model that is not made of layers. */
    private static final class Bare implements Model {
        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0];
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public void train(boolean training) {}

        @Override
        public void to(Device device) {}
    }
}
