package dev.rondo.callback;

import dev.rondo.Learner;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import dev.rondo.event.RunKind;
import dev.rondo.nn.Parameter;
import dev.rondo.torch.NoGrad;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Converts inputs and parameters of four dimensions to the channels-last memory format, which is faster on CPUs and tensor cores. Shapes
 * and values do not change. The weights of {@link dev.rondo.nn.Conv2d} have this format already; the callback is for models with their own
 * parameters, and for inputs. Parameters keep the format after the fit. If a trained parameter changes its format, the optimizer discards
 * the state of that parameter, which has the old format.
 *
 * <p>Copies inputs of four dimensions that have another format; never waits for the device.
 *
 * @see <a href="https://docs.fast.ai/callback.fp16.html#channelslast">fastai, ChannelsLast</a>
 * @see <a href="https://pytorch.org/tutorials/intermediate/memory_format_tutorial.html">PyTorch, channels-last memory format</a>
 */
@Callback(order = -1)
public final class ChannelsLast {
    @On(Event.BEFORE_FIT)
    void convert(Learner learner) {
        boolean trains = learner.runKind() == RunKind.FIT || learner.runKind() == RunKind.LR_FIND;
        if (!trains) return; // there may be no optimizer yet
        boolean changed = false;
        try (NoGrad off = NoGrad.enter()) {
            for (Parameter p : learner.model().parameters()) changed |= convert(p.tensor());
            for (Tensor buffer : learner.model().buffers().values()) convert(buffer);
        }
        if (changed) learner.optimizer().clearState();
    }

    /** Converts a tensor and its gradient in place: the tensor object stays the same. */
    private static boolean convert(Tensor tensor) {
        if (isLast(tensor)) return false;
        relay(tensor);
        Tensor gradient = tensor.mutable_grad();
        if (gradient.defined()) relay(gradient);
        return true;
    }

    private static void relay(Tensor tensor) {
        try (Tensor data = last(tensor)) {
            tensor.set_data(data);
        }
    }

    @On(Event.BEFORE_BATCH)
    @Writes("batch")
    void convertInputs(Learner learner) {
        List<Tensor> xb = learner.xb();
        if (xb.stream().allMatch(ChannelsLast::isLast)) return;
        learner.setBatch(new Batch(xb.stream().map(x -> isLast(x) ? x : last(x)).toList(), learner.yb()));
    }

    /** Whether the tensor is channels-last, or does not have four dimensions. */
    private static boolean isLast(Tensor tensor) {
        return tensor.dim() != 4 || tensor.is_contiguous(MemoryFormat.ChannelsLast);
    }

    private static Tensor last(Tensor tensor) {
        return tensor.contiguous(MemoryFormat.ChannelsLast);
    }

    @Override
    public String toString() {
        return "ChannelsLast";
    }
}
