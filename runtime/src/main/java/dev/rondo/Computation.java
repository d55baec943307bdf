package dev.rondo;

import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.metric.Metric;
import dev.rondo.torch.Devices;
import dev.rondo.torch.TensorText;
import dev.rondo.torch.TorchException;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** The computations of a batch. An error of libtorch in one of them becomes a {@link TorchException} that says in which. */
final class Computation {
    private Computation() {}

    static @Nullable Batch drawn(DataLoader.Pass pass, int i) {
        try {
            return pass.next();
        } catch (RuntimeException e) {
            throw TorchException.inCode(() -> "while the loader made batch " + i, e);
        }
    }

    static Batch onDevice(Learner learner, Batch drawn) {
        try {
            return learner.dataLoaders().toDevice(drawn);
        } catch (RuntimeException e) {
            throw TorchException.at(
                    () -> "while a batch was copied to "
                            + Devices.name(learner.dataLoaders().device()),
                    e);
        }
    }

    static Tensor pred(Learner learner) {
        try {
            return Objects.requireNonNull(
                    learner.model().forward(learner.xb().toArray(Tensor[]::new)), "The model's forward returned null.");
        } catch (RuntimeException e) {
            throw TorchException.inCode(
                    () -> "in the model" + name(learner.model()) + ", input " + TensorText.of(learner.xb()), e);
        }
    }

    static Tensor loss(Learner learner) {
        try {
            return Objects.requireNonNull(
                    learner.lossFunction().of(learner.pred(), learner.yb()), "The loss function returned null.");
        } catch (RuntimeException e) {
            throw TorchException.inCode(() -> "in the loss" + name(learner.lossFunction()) + arguments(learner), e);
        }
    }

    static void backward(Learner learner) {
        try {
            learner.lossGrad().backward();
        } catch (RuntimeException e) {
            Tensor loss = learner.lossGrad();
            throw TorchException.at(
                    () -> "in the backward pass, loss " + TensorText.of(loss)
                            + (isDetached(loss) ? ", which depends on no trained parameter" : ""),
                    e);
        }
    }

    private static boolean isDetached(Tensor loss) {
        return !loss.isNull() && loss.defined() && !loss.requires_grad();
    }

    static void step(Learner learner) {
        try {
            learner.optimizer().step();
        } catch (RuntimeException e) {
            throw TorchException.inCode(() -> "in the optimizer's step", e);
        }
    }

    static void accumulate(Metric metric, Learner learner) {
        try {
            metric.accumulate(learner.pred(), learner.yb());
        } catch (RuntimeException e) {
            throw TorchException.inCode(() -> "in the metric " + metric.name() + arguments(learner), e);
        }
    }

    private static String arguments(Learner learner) {
        return ", pred " + TensorText.of(learner.pred()) + ", targets " + TensorText.of(learner.yb());
    }

    /** The name of the class with a space before it; empty for a class without a name. */
    private static String name(Object part) {
        Class<?> type = part.getClass();
        return type.isAnonymousClass() || type.isHidden() ? "" : " " + type.getSimpleName();
    }
}
