package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.LearnerBuilder;
import dev.rondo.Undo;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.SaveModel;
import dev.rondo.check.Wrong;
import dev.rondo.log.Warnings;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits that PyTorch and fastai run, and that do not do what their author wants: they run here too, with one warning. */
class WarningsTest extends Fixture {
    private void assertWarns(String warning, LearnerBuilder given, Object... callbacks) {
        build(given);
        assertEquals(
                warning.isEmpty() ? List.of() : List.of(warning),
                Warnings.of(() -> learner.fit(2, fit -> fit.callbacks(callbacks))));
    }

    @Test
    void aUsualFitWarnsOfNothing() {
        assertWarns("", given());
    }

    private void assertWarnsOfSize(int size, String batches) {
        build(given(Numbers.batches(3).claiming(size), Numbers.batches(1)));
        assertEquals(
                List.of("The size() of the loader is " + size + ", but the pass has " + batches
                        + " batches: progress and schedules go by size()."),
                Warnings.of(() -> learner.fit(1)));
    }

    @Test
    void loadersThatDoNotKnowTheirSize() {
        assertWarnsOfSize(5, "only 3");
        assertWarnsOfSize(2, "more");
    }

    @Test
    void trainingBatchesWithoutTargets() {
        build(given(Numbers.batches(2).withoutTargets(), Numbers.batches(1)));
        assertEquals(
                List.of(
                        "The training batches have no targets, so there is no loss and nothing is trained: give them targets, such as the"
                                + " inputs."),
                Warnings.of(() -> learner.fit(1)));
    }

    /** A model that forgets to register a layer. */
    private static final class Forgetful extends Layer {
        private final Linear hidden = new Linear(1, 4);
        private final Linear head = child("head", new Linear(4, 1));

        @Override
        public Tensor forward(Tensor... x) {
            return output(head.forward(hidden.forward(x)));
        }
    }

    @Test
    void layersThatTheModelDoesNotRegister() {
        try (Forgetful model = new Forgetful()) {
            assertWarns(
                    "The optimizer does not have all parameters of layer Linear 1→4, which the model computes with, so they are not trained:"
                            + " register a layer with child(…) in the constructor of the layer that uses it, or let its parameters require"
                            + " no gradient.",
                    given(model, Numbers.batches(1), Numbers.batches(1)));
            model.hidden.close();
        }
    }

    @Test
    void noModelIsSaved(@TempDir Path folder) {
        build(given());
        try (Undo noLoss =
                learner.lossReplacedBy((pred, yb) -> pred.mean().div(pred.mean().sub(pred.mean())))) {
            assertEquals(
                    List.of("No model was saved: 'valid_loss' was NaN, absent or no better than before in all epochs."),
                    Warnings.of(() -> learner.fit(1, fit -> fit.callbacks(new SaveModel(folder.resolve("m"))))));
        }
    }

    @Test
    void noStepIsTaken() {
        assertWarns(
                "The fit took no step: its 8 samples are fewer than the 100 of a step. Accumulate fewer, or use withFlush().",
                given(),
                new GradientAccumulation(100));
        assertWarns("", given(), new GradientAccumulation(100).withFlush());
    }

    @Test
    void aTrackerOfTheValidationLossNeedsValidationData() {
        Wrong.call(
                        "There is no 'valid_loss' to monitor, because the validation loader has no batches: monitor 'train_loss', or give it"
                                + " samples.",
                        () -> build(given(Numbers.batches(1), Numbers.batches(0)))
                                .fit(1, fit -> fit.callbacks(new EarlyStopping())))
                .assertSaid();
    }
}
