package dev.rondo.cases;

import static dev.rondo.event.Event.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.Undo;
import dev.rondo.data.DataLoaders;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Dropout;
import dev.rondo.nn.LSTM;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Parameter;
import dev.rondo.nn.ReLU;
import dev.rondo.nn.Sequential;
import dev.rondo.optim.Optimizers;
import dev.rondo.schedule.LrRange;
import dev.rondo.torch.Generators;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What layers draw in the runs of a learner, such as dropout, comes from generators of the learner. */
@ExtendWith(InScope.class)
class GeneratorsOfLearnersTest {
    /** Dropout after a linear layer and between the layers of an LSTM. */
    private static final class Net extends Layer {
        private final Sequential wide = child("wide", new Sequential(new Linear(1, 16), new ReLU(), new Dropout(.5)));
        private final LSTM steps = child("steps", new LSTM(16, 4, 2, .5));
        private final Linear head = child("head", new Linear(4, 1));

        @Override
        public Tensor forward(Tensor... inputs) {
            return head.forward(steps.forward(wide.forward(inputs).unsqueeze(1)).squeeze(1));
        }
    }

    private static LearnerBuilder given(Layer net) {
        return Learner.builder(new DataLoaders(Numbers.batches(4), Numbers.batches(1)), net, Losses.mse())
                .optimizer(Optimizers.sgd())
                .lr(.01)
                .progress(false);
    }

    private static byte[] weights(Layer net) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Parameter p : net.parameters())
            all.writeBytes(
                    Arrays.toString(Tensors.values(p.tensor())).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    private static byte[] trained(long seed) {
        try (PointerScope memory = new PointerScope();
                Generators.Scope scope = Generators.seedHere(seed);
                Net net = new Net();
                Learner learner = given(net).build()) {
            learner.fit(5);
            learner.lrFind(new LrRange().withBatches(6));
            learner.fit(3);
            return weights(net);
        }
    }

    @Test
    void learnersOnSeveralThreadsGetWhatEachGetsAlone() throws Exception {
        int learners = 6;
        byte[][] alone = new byte[learners][];
        for (int i = 0; i < learners; i++) alone[i] = trained(i);
        assertFalse(Arrays.equals(alone[0], alone[1]));

        ExecutorService threads = Executors.newFixedThreadPool(learners);
        try {
            List<Future<byte[]>> together = new ArrayList<>();
            for (int i = 0; i < learners; i++) {
                int seed = i;
                together.add(threads.submit(() -> trained(seed)));
            }
            for (int i = 0; i < learners; i++)
                assertArrayEquals(alone[i], together.get(i).get());
        } finally {
            threads.shutdownNow();
        }
    }

    /** A run continues from the last seed of its thread, as if the layers drew from the default generator. */
    @Test
    void aSeedBeforeARunDecidesIt() {
        try (Dropout dropout = new Dropout(.5);
                Learner learner = given(dropout).build()) {
            float[] first = drawnInARun(learner, dropout);
            assertFalse(Arrays.equals(first, drawnInARun(learner, dropout)));
            Torch.seed(1); // as before the test
            assertArrayEquals(first, drawnInARun(learner, dropout));
            try (Generators.Scope scope = Generators.seedHere(1)) {
                assertArrayEquals(first, drawnInARun(learner, dropout));
            }
        }
    }

    private static float[] drawnInARun(Learner learner, Dropout dropout) {
        try (Undo run = learner.context()) {
            return Tensors.values(dropout.forward(Tensors.count(40)));
        }
    }

    /** libtorch's dropout outside of runs and that of the learner's generator draw the same. */
    @Test
    void aRunDrawsWhatTheDefaultGeneratorWould() {
        try (Dropout dropout = new Dropout(.5);
                Learner learner = given(dropout).build()) {
            Tensor ones = Tensors.floats(1, 1, 1, 1, 1, 1, 1, 1);
            Torch.seed(6);
            float[] expected = Tensors.values(dropout.forward(ones));
            Torch.seed(6);
            try (Undo run = learner.context()) {
                assertArrayEquals(expected, Tensors.values(dropout.forward(ones)));
            }
        }
    }

    @Test
    void aLearnerWithASeedOfItsOwnDoesNotDependOnTheDefaultGenerators() {
        byte[][] weights = new byte[2][];
        for (int i = 0; i < 2; i++) {
            Torch.seed(1);
            try (Net net = new Net()) {
                Torch.seed(100 + i);
                try (Learner learner = given(net).seed(42).build()) {
                    Torch.seed(200 + i);
                    learner.fit(1);
                    weights[i] = weights(net);
                }
            }
        }
        assertArrayEquals(weights[0], weights[1]);
    }

    @Test
    void aNestedRunAndAnErrorLeaveTheGeneratorsOfTheThread() {
        try (Generators.Scope outer = Generators.seedHere(7);
                Net net = new Net();
                Learner learner = given(net).build();
                Learner inner = given(net).build()) {
            boolean[] same = new boolean[1];
            learner.add("R", Callbacks.on(BEFORE_TRAIN, l -> {
                inner.validate();
                l.validate();
                same[0] = Generators.areInUse();
                throw new ArithmeticException();
            }));
            float[] before;
            try (Generators copies = Generators.copyOfCurrent();
                    Generators.Scope copy = copies.use()) {
                before = drawn();
            }
            assertThrows(RuntimeException.class, () -> learner.fit(1));
            assertTrue(same[0]);
            assertArrayEquals(before, drawn());
        }
        assertFalse(Generators.areInUse());
    }

    private static float[] drawn() {
        return Tensors.values(new Dropout(.5).forward(Tensors.count(30)));
    }

    /** Contexts of two learners may end in any order. */
    @Test
    void openRunsOfTwoLearners() {
        try (Net net = new Net();
                Learner a = given(net).build();
                Learner b = given(net).build()) {
            Undo first = a.context(), second = b.context();
            first.close();
            assertTrue(Generators.areInUse());
            second.close();
            assertFalse(Generators.areInUse());
        }
    }

    @Test
    void aClosedLearnerCanRunAgain() {
        try (Net net = new Net()) {
            Learner learner = given(net).build();
            learner.add("R", Callbacks.on(AFTER_FIT, l -> l.close()));
            learner.close();
            learner.fit(1);
            learner.close();
            assertFalse(Generators.areInUse());
        }
    }
}
