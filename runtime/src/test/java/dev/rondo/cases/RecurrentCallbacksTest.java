package dev.rondo.cases;

import static dev.rondo.torch.Tensors.assertNoMoreHandles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.callback.ModelResetter;
import dev.rondo.callback.RNNCallback;
import dev.rondo.callback.RNNRegularizer;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.Event;
import dev.rondo.loss.Loss;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Dropout;
import dev.rondo.nn.Embedding;
import dev.rondo.nn.LSTM;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.MultiOutput;
import dev.rondo.nn.Parameter;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Handles;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Groups A and I: recurrent models. */
class RecurrentCallbacksTest extends Fixture {
    /** Predicts w·x with w = 1 from the three steps x, 2x and 3x, whose dropout keeps half. */
    private static final class ThreeSteps extends Layer implements MultiOutput {
        final Tensor w = parameter("w", torch.ones(1, 1), Parameter.Role.WEIGHT);
        final List<String> resets = new ArrayList<>();
        private List<Tensor> outputs = List.of();

        @Override
        public Tensor forward(Tensor... x) {
            Tensor pred = x[0].mul(w);
            Tensor raw = torch.cat(new TensorVector(pred, pred.mul(new Scalar(2f)), pred.mul(new Scalar(3f))), 1);
            outputs = List.of(pred, raw, raw.div(new Scalar(2f)));
            return pred;
        }

        @Override
        public List<Tensor> outputs() {
            return outputs;
        }

        @Override
        public void reset() {
            resets.add("r");
        }
    }

    private final ThreeSteps steps = new ThreeSteps();
    private final List<Double> losses = new ArrayList<>();

    private void learn(Object... callbacks) {
        build(given(steps, Numbers.of(2), Numbers.of(2)).lr(0).callbacks(callbacks));
        learner.add(Callbacks.on(Event.AFTER_LOSS, 10, l -> {
            losses.add(l.loss().item_double());
            losses.add(l.lossGrad().item_double());
        }));
    }

    @Test
    void i14_penaltiesAreAddedToLossGradInTraining() {
        learn(RNNCallback.callbacks(2, 1));
        learner.fit(1);
        assertClose(losses.stream().mapToDouble(d -> d).toArray(), 6.5, 14.83333, 6.5, 6.5);
    }

    @Test
    void penaltiesReachTheGradients() {
        learn(RNNCallback.callbacks(2, 1));
        learner.add(Callbacks.on(
                Event.AFTER_BACKWARD, l -> losses.add(steps.w.mutable_grad().item_double())));
        learner.fit(1);
        // the loss: mean 2·x·(x − 2x − 1) = (2·−2 + 4·−3)/2 = -8; the penalties grow with w², so 2·8.33333
        assertClose(losses.get(2), -8 + 2 * (5.833333 + 2.5));
    }

    @Test
    void withoutWeightsThereIsNoRegularizer() {
        assertEquals(2, RNNCallback.callbacks(0, 0).length);
        learn(RNNCallback.callbacks(0, 2));
        learner.fit(1);
        assertClose(losses.get(1), 6.5 + 2 * 2.5);
    }

    @Test
    void activationsAreAvailableFromAfterPredToTheEndOfTheBatch() {
        RNNCallback rnn = new RNNCallback();
        learn(rnn);
        learner.add(
                "look",
                Callbacks.on(
                        Event.AFTER_BATCH, 99, l -> assertEquals(6, rnn.rawOut().numel())));
        learner.add("validate", Callbacks.on(Event.AFTER_PRED, 1, l -> {
            Tensor mine = rnn.out();
            if (l.training()) l.validate();
            assertTrue(mine == rnn.out());
        }));
        learner.fit(1);
        assertThrows(IllegalStateException.class, rnn::out);
        learner.add(Throw.always(Event.AFTER_PRED, 5, l -> true, CancelBatchException.INSTANCE));
        learner.fit(1);
        Exception e = assertThrows(IllegalStateException.class, rnn::rawOut);
        assertEquals(
                "RNNCallback has no activations here: they are available from after_pred to after_batch.",
                e.getMessage());
    }

    @Test
    void requiresAModelWithThreeOutputs() {
        learner = given().callbacks(new RNNCallback()).build();
        CallbackException e = assertThrows(CallbackException.class, () -> learner.fit(1));
        assertEquals(
                "RNNCallback needs the activations of a recurrent model, but LinearModel is not a MultiOutput: implement it, with"
                        + " scores, raw and dropped-out activations.",
                e.getCause().getMessage());
        Exception missing =
                assertThrows(IllegalArgumentException.class, () -> given().callbacks(new RNNRegularizer(1, 1))
                        .build());
        assertTrue(missing.getMessage().contains("requires RNNCallback"), missing.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new RNNRegularizer(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new RNNRegularizer(0, Double.NaN));
    }

    @Test
    void a17_modelsAreResetOncePerFit_andByModelResetterInEachPhase() {
        learn();
        learner.fit(2);
        assertEquals(1, steps.resets.size());
        steps.resets.clear();
        learner.fit(2, fit -> fit.callbacks(new ModelResetter()));
        assertEquals(6, steps.resets.size());
    }

    /** Predicts the next number, as a language model for text. Its hidden state is kept from batch to batch. */
    static final class LanguageModel extends Layer implements MultiOutput {
        private final Embedding embedding = child("embedding", new Embedding(8, 16));
        private final LSTM lstm = child("lstm", new LSTM(16, 32));
        private final Dropout dropout = child("dropout", new Dropout(.1));
        private final Linear head = child("head", new Linear(32, 8));
        private List<Tensor> outputs = List.of();
        private final Tensor[] state = new Tensor[2];

        @Override
        public Tensor forward(Tensor... x) {
            Tensor in = embedding.forward(x);
            Tensor raw = state[0] == null ? lstm.forward(in) : lstm.forward(in, state[0], state[1]);
            reset();
            for (int i = 0; i < 2; i++)
                state[i] = Handles.keep(lstm.outputs().get(1 + i).detach());
            Tensor out = dropout.forward(raw);
            outputs = List.of(head.forward(out), raw, out);
            return outputs.get(0);
        }

        @Override
        public List<Tensor> outputs() {
            return outputs;
        }

        @Override
        public void reset() {
            for (int i = 0; i < 2; i++) {
                if (state[i] != null) state[i].close();
                state[i] = null;
            }
        }

        @Override
        public void close() {
            reset();
            super.close();
        }
    }

    /** Cross entropy over all steps. */
    private static final Loss OF_STEPS = (pred, yb) ->
            Losses.crossEntropy().of(pred.flatten(0, 1), List.of(yb.get(0).flatten()));

    @Test
    void aLanguageModelLearns_andLeavesNoHandles() {
        Tensor numbers =
                torch.arange(new Scalar(16 * 64 + 1)).remainder(new Scalar(8)).to(ScalarType.Long);
        Tensor x = numbers.narrow(0, 0, 1024).reshape(64, 16),
                y = numbers.narrow(0, 1, 1024).reshape(64, 16);
        LanguageModel model = new LanguageModel();
        List<Long> handles = new ArrayList<>();
        TensorLoader loader = TensorLoader.of(x, y).batchSize(8).prefetch(0).build();
        try (Learner learner = Learner.builder(new DataLoaders(loader, loader), model, OF_STEPS)
                .optimizer(Optimizers.adamW())
                .progress(false)
                .callbacks(RNNCallback.callbacks(.1, .1))
                .build()) {
            learner.fit(1, 1e-2);
            double before = learner.validate().cells().get("valid_loss");
            learner.add(Callbacks.on(Event.BEFORE_BATCH, -99, l -> handles.add(Pointer.totalCount())));
            learner.fit(4, 1e-2);
            double after = learner.validate().cells().get("valid_loss");
            assertTrue(after < .5 && after < before, before + " to " + after);
        }
        assertNoMoreHandles(handles.subList(17, 24));
        model.close();
    }
}
