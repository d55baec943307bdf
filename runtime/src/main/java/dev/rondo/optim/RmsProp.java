package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.Operator;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/**
 * RMSProp with decoupled weight decay, in fastai's sequence: p ← p·(1 − lr·wd); buf ← mom·buf + g; v ← sqr_mom·v + (1−sqr_mom)·g²;
 * p ← p − lr·buf/(√v + eps). Hyper-parameters: lr, mom, sqr_mom, eps, wd. Whether there is a momentum buffer is decided by the momentum
 * that it is made with; without one the gradient stands for it. PyTorch's RMSprop divides before its momentum buffer: other numbers.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html#rmsprop">fastai, RMSProp</a>
 */
final class RmsProp extends Optimizer {
    private final boolean buffered;

    RmsProp(List<List<Parameter>> groups, Map<String, Double> hypers) {
        super(groups, hypers);
        buffered = hypers.get("mom") != 0;
    }

    @Override
    Kernel kernel(ParameterGroup group, List<Parameter> part, boolean decays) {
        return new RmsPropKernel(
                group, buffered ? Owned.zerosLike(part) : new Tensor[0], Owned.zerosLike(part), decays);
    }

    private static final class RmsPropKernel implements Kernel {
        private final ParameterGroup group;
        private final Tensor[] buffers;
        private final Tensor[] squares;
        private final boolean decays;
        private IValue bufferList;
        private IValue squareList;

        RmsPropKernel(ParameterGroup group, Tensor[] buffers, Tensor[] squares, boolean decays) {
            this.group = group;
            this.buffers = buffers;
            this.squares = squares;
            this.decays = decays;
        }

        @Override
        public void bind(int[] active) {
            bufferList = Owned.replace(bufferList, buffers.length == 0 ? Operator.list() : Owned.list(buffers, active));
            squareList = Owned.replace(squareList, Owned.list(squares, active));
        }

        @Override
        public void hypers() {}

        @Override
        public void step(IValue parameters, IValue gradients) {
            double lr = group.get("lr"), sqrMom = group.get("sqr_mom"), wd = group.get("wd");
            if (decays && wd != 0) Foreach.mul_(parameters, 1 - lr * wd);
            if (buffers.length > 0) {
                Foreach.mul_(bufferList, group.get("mom"));
                Foreach.add_(bufferList, gradients, 1);
            }
            Foreach.mul_(squareList, sqrMom);
            Foreach.addcmul_(squareList, gradients, gradients, 1 - sqrMom);
            IValue roots = Foreach.sqrt(squareList);
            Foreach.add_(roots, group.get("eps"));
            Foreach.addcdiv_(parameters, buffers.length > 0 ? bufferList : gradients, roots, -lr);
        }

        @Override
        public void close() {
            Owned.close(buffers);
            Owned.close(squares);
            Owned.close(bufferList, squareList);
        }
    }
}
