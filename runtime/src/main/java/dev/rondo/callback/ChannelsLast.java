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
 * Puts images and convolutions into memory with their channels last, which CPUs and tensor cores work on faster. Shapes and values stay.
 * The weights of {@link dev.rondo.nn.Conv2d} lie so already; this is for models with parameters of their own, and for inputs. The order
 * stays behind the fit. Where it changes for a parameter that has been trained, the optimizer forgets its state, which lies in the old one.
 *
 * <p>Copies inputs of four dimensions that do not lie so; never waits for the device.
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

    /** In place, with its gradient: the tensor object stays. */
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

    /** Also if it has no channels that could be last. */
    private static boolean isLast(Tensor tensor) {
        return tensor.dim() != 4 || tensor.is_contiguous(MemoryFormat.ChannelsLast);
    }

    private static Tensor last(Tensor tensor) {
        return tensor.contiguous(MemoryFormat.ChannelsLast);
    }
}
