package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.nn.BatchNorm;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Model;
import dev.rondo.torch.NoGrad;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Recomputes the running statistics of batch norms after the weights were replaced, as plain averages over a pass through the training
 * data.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.optim.swa_utils.update_bn.html">torch.optim.swa_utils.update_bn</a>
 */
final class BatchNormStatistics {
    private BatchNormStatistics() {}

    /** Skips frozen batch norms; does nothing if no others are in the model. The model's mode is restored. */
    static void update(Learner learner) {
        if (!(learner.model() instanceof Layer model)) return;
        List<BatchNorm> norms = model.layers().values().stream()
                .filter(BatchNorm.class::isInstance)
                .map(BatchNorm.class::cast)
                .filter(BatchNorm::trained)
                .toList();
        if (norms.isEmpty()) return;
        List<Double> momenta = norms.stream().map(BatchNorm::momentum).toList();
        Runnable mode = model.mode();
        try (NoGrad off = NoGrad.enter()) {
            norms.forEach(BatchNorm::resetRunningStatistics);
            model.train(true);
            for (Layer layer : model.layers().values()) {
                if (layer instanceof BatchNorm norm && !norm.trained()) norm.train(false);
            }
            pass(learner, norms);
        } finally {
            mode.run();
            for (int i = 0; i < momenta.size(); i++) norms.get(i).setMomentum(momenta.get(i));
        }
    }

    private static void pass(Learner learner, List<BatchNorm> norms) {
        Model model = learner.model();
        try (DataLoader.Pass pass = learner.dataLoaders().train().open(learner.epochsBegun())) {
            for (int n = 1; ; n++) {
                double momentum = 1.0 / n;
                norms.forEach(norm -> norm.setMomentum(momentum));
                try (PointerScope memory = new PointerScope()) {
                    Batch batch = pass.next();
                    if (batch == null) return;
                    model.forward(learner.dataLoaders().toDevice(batch).xb().toArray(Tensor[]::new));
                }
            }
        }
    }
}
