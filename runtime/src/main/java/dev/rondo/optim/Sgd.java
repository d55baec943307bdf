package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum and decoupled weight decay, in fastai's sequence: p ← p·(1 − lr·wd); buf ← mom·buf + g;
 * p ← p − lr·buf. Hyper-parameters: lr, mom, wd. Whether there is a momentum buffer is decided by the momentum that it is made with.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html#sgd">fastai, SGD</a>
 */
final class Sgd extends Optimizer {
    private static final class Operators {
        static final Operator STEP = Operator.of("aten::_fused_sgd_", "");
        static final Operator SCALE = Operator.of("aten::_foreach_mul_", "Scalar");
    }

    private final boolean buffered;
    private final boolean fused;

    /** @param fused whether mom·buf + g is rounded once; otherwise the product is rounded before the sum, as in fastai */
    Sgd(List<List<Parameter>> groups, Map<String, Double> hypers, boolean fused) {
        super(groups, hypers);
        buffered = hypers.get("mom") != 0;
        this.fused = fused;
    }

    @Override
    Kernel kernel(ParameterGroup group, List<Parameter> part, boolean decays) {
        return new SgdKernel(group, buffered ? Owned.zerosLike(part) : new Tensor[0], decays, fused);
    }

    private static final class SgdKernel implements Kernel {
        private final ParameterGroup group;
        private final Tensor[] buffers;
        private final boolean decays;
        private final boolean fused;
        private final IValue zero = Handles.own(new IValue(0.0));
        private final IValue no = Handles.own(new IValue(false));
        private final IValue none = Handles.own(new IValue());
        private IValue bufferList;
        private IValue lr;
        private IValue momentum;
        private IValue product;
        private IValue decay;

        SgdKernel(ParameterGroup group, Tensor[] buffers, boolean decays, boolean fused) {
            this.group = group;
            this.buffers = buffers;
            this.decays = decays;
            this.fused = fused;
        }

        @Override
        public void bind(int[] active) {
            bufferList = Owned.replace(bufferList, buffers.length == 0 ? Operator.list() : Owned.list(buffers, active));
        }

        @Override
        public void hypers() {
            double rate = group.get("lr");
            lr = Owned.replace(lr, new IValue(rate));
            // The operator wants no buffers with a momentum of 0; one scheduled down to 0 keeps them, so the smallest
            // number stands in.
            double mom = buffers.length == 0 ? 0 : Math.max(group.get("mom"), Double.MIN_NORMAL);
            boolean apart = !fused && buffers.length > 0;
            momentum = Owned.replace(momentum, new IValue(apart ? 1.0 : mom));
            if (apart) product = Owned.replace(product, new IValue(new Scalar(group.get("mom"))));
            double factor = 1 - rate * group.get("wd");
            if (decays && factor != 1) {
                decay = Owned.replace(decay, new IValue(new Scalar(factor)));
            } else {
                Owned.close(decay);
                decay = null;
            }
        }

        @Override
        public void step(IValue parameters, IValue gradients) {
            if (decay != null) Operators.SCALE.call(Kernel.stack(parameters, decay));
            if (product != null) Operators.SCALE.call(Kernel.stack(bufferList, product));
            // momentum buffers, weight_decay, momentum, lr, dampening, nesterov, maximize, is_first_step, grad_scale,
            // found_inf
            Operators.STEP.call(
                    Kernel.stack(parameters, gradients, bufferList, zero, momentum, lr, zero, no, no, no, none, none));
        }

        @Override
        public void close() {
            Owned.close(buffers);
            Owned.close(zero, no, none, bufferList, lr, momentum, product, decay);
        }
    }
}
