package dev.rondo;

import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.metric.Metric;
import dev.rondo.torch.Devices;
import dev.rondo.torch.TensorText;
import dev.rondo.torch.TorchException;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The computations of a batch. An error of libtorch in one of them becomes a {@link TorchException} that says in which. */
final class Computation {
    private static final Logger LOG = LoggerFactory.getLogger(Learner.class);

    private Computation() {}

    static DataLoader.Pass opened(DataLoader loader, long epoch, int first) {
        try {
            return Objects.requireNonNull(
                    first == 0 ? loader.open(epoch) : loader.open(epoch, first),
                    "The open(…) of the loader returned null.");
        } catch (RuntimeException e) {
            throw TorchException.inCode(() -> "while the loader was opened", e);
        }
    }

    /** @param size the number of batches that the loader says to have */
    static @Nullable Batch drawn(DataLoader.Pass pass, int i, int size) {
        try {
            Batch drawn = pass.next();
            if (drawn != null) checkOpen(drawn, i);
            if (drawn == null ? i < size : i == size) warnOfSize(size, drawn == null ? "only " + i : "more");
            return drawn;
        } catch (RuntimeException e) {
            throw TorchException.inCode(() -> "while the loader made batch " + i, e);
        }
    }

    private static void checkOpen(Batch drawn, int i) {
        for (List<Tensor> tensors : List.of(drawn.xb(), drawn.yb())) {
            for (Tensor tensor : tensors) {
                if (isOpen(tensor)) continue;
                throw new IllegalStateException(
                        "Batch " + i + " of the loader has " + TensorText.of(tensor)
                                + ": tensors of a batch are open until the next one is drawn, and those made in next() not longer.");
            }
        }
    }

    private static boolean isOpen(Tensor tensor) {
        return !tensor.isNull() && tensor.defined();
    }

    private static void warnOfSize(int size, String batches) {
        LOG.warn(
                "The size() of the loader is {}, but the pass has {} batches: progress and schedules go by size().",
                size,
                batches);
    }

    /** Says once in each phase that nothing is trained. */
    static void warnWithoutTargets(Learner learner) {
        if (learner.iter() > 0) return;
        LOG.warn("The training batches have no targets, so there is no loss and nothing is trained: give them targets, "
                + "such as the inputs.");
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
            return result(
                    Objects.requireNonNull(
                            learner.model().forward(learner.xb().toArray(Tensor[]::new)),
                            "The model's forward returned null."),
                    "The model" + name(learner.model()));
        } catch (RuntimeException e) {
            throw TorchException.inCode(
                    () -> "in the model" + name(learner.model()) + ", input " + TensorText.of(learner.xb()), e);
        }
    }

    static Tensor loss(Learner learner) {
        if (learner.training()) checkNotEmpty(learner);
        try {
            return result(
                    Objects.requireNonNull(
                            learner.lossFunction().of(learner.pred(), learner.yb()),
                            "The loss function returned null."),
                    "The loss" + name(learner.lossFunction()));
        } catch (RuntimeException e) {
            throw TorchException.inCode(() -> "in the loss" + name(learner.lossFunction()) + arguments(learner), e);
        }
    }

    private static Tensor result(Tensor result, String of) {
        if (isOpen(result)) return result;
        throw new IllegalStateException(of + " returned " + TensorText.of(result)
                + ": what it returns stays open, and so does the PointerScope in which it was made.");
    }

    /** The mean loss of no samples is NaN, which would stay in the smooth loss. */
    private static void checkNotEmpty(Learner learner) {
        Tensor x = learner.xb().get(0);
        if (x.dim() == 0 || x.size(0) > 0) return;
        throw new IllegalStateException("Batch " + learner.iter()
                + " has no samples, and the mean loss of none is not a number: leave it out in the loader.");
    }

    static void backward(Learner learner) {
        try {
            learner.lossGrad().backward();
        } catch (RuntimeException e) {
            Tensor loss = learner.lossGrad();
            throw TorchException.at(() -> "in the backward pass, loss " + TensorText.of(loss) + wayOut(loss, e), e);
        }
    }

    private static String wayOut(Tensor loss, RuntimeException e) {
        if (!isOpen(loss)) return "";
        if (!loss.requires_grad()) {
            return ", which depends on no trained parameter: unfreeze some, or leave out what cuts the graph, such as detach(), NoGrad or"
                    + " item";
        }
        if (loss.numel() != 1) return ": reduce it, with mean() for example";
        String said = String.valueOf(e.getMessage());
        if (said.contains("backward through the graph a second time")) {
            return ": the loop calls backward() itself, and what a model keeps between batches needs detach()";
        }
        return "";
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
