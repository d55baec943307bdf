package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * AdamW: p ← p·(1 − lr·wd); m ← mom·m + (1−mom)·g; v ← sqr_mom·v + (1−sqr_mom)·g²; p ← p − lr·m̂/(√v̂ + eps), with the averages' bias
 * corrected by the number of steps. Hyper-parameters: lr, mom, sqr_mom, eps, wd.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2017</a>
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</a>, whose defaults these are
 */
final class AdamW extends Optimizer {
    private static final class Operators {
        static final Operator STEP = Operator.of("aten::_fused_adamw_", "");
    }

    AdamW(List<List<Parameter>> groups, Map<String, Double> hypers) {
        super(groups, hypers);
    }

    @Override
    Kernel kernel(ParameterGroup group, List<Parameter> part, boolean decays) {
        return new AdamWKernel(group, part, decays);
    }

    private static final class AdamWKernel implements Kernel {
        private final ParameterGroup group;
        private final boolean decays;
        private final Tensor[] averages;
        private final Tensor[] squares;
        /** The number of steps of each parameter, float32 scalars; parameters that have always stepped together share one. */
        private final Tensor[] steps;

        private final Scalar one = Handles.own(new Scalar(1.0));
        private final IValue empty = Handles.own(Operator.list());
        private final IValue no = Handles.own(new IValue(false));
        private final IValue none = Handles.own(new IValue());
        private Tensor[] counters = {};
        private IValue averageList;
        private IValue squareList;
        private IValue stepList;
        private IValue lr;
        private IValue mom;
        private IValue sqrMom;
        private IValue wd;
        private IValue eps;

        AdamWKernel(ParameterGroup group, List<Parameter> part, boolean decays) {
            this.group = group;
            this.decays = decays;
            averages = Owned.zerosLike(part);
            squares = Owned.zerosLike(part);
            steps = new Tensor[part.size()];
            if (!part.isEmpty()) {
                Tensor first = part.get(0).tensor();
                Arrays.fill(
                        steps,
                        Handles.own(torch.zeros(
                                new long[0],
                                new TensorOptions(ScalarType.Float).device(new DeviceOptional(first.device())))));
            }
        }

        @Override
        public void bind(int[] active) {
            separate(active);
            counters = Arrays.stream(active).mapToObj(i -> steps[i]).distinct().toArray(Tensor[]::new);
            averageList = Owned.replace(averageList, Owned.list(averages, active));
            squareList = Owned.replace(squareList, Owned.list(squares, active));
            stepList = Owned.replace(stepList, Owned.list(steps, active));
        }

        /** Gives a counter of their own to the parameters that step from now on, where others share it that do not. */
        private void separate(int[] active) {
            boolean[] on = new boolean[steps.length];
            for (int i : active) on[i] = true;
            for (int i : active) {
                Tensor shared = steps[i];
                boolean split = false;
                for (int j = 0; j < steps.length; j++) split |= !on[j] && steps[j] == shared;
                if (!split) continue;
                Tensor own = Handles.own(shared.clone());
                for (int j : active) if (steps[j] == shared) steps[j] = own;
            }
        }

        @Override
        public void hypers() {
            lr = Owned.replace(lr, new IValue(group.get("lr")));
            mom = Owned.replace(mom, new IValue(group.get("mom")));
            sqrMom = Owned.replace(sqrMom, new IValue(group.get("sqr_mom")));
            wd = Owned.replace(wd, new IValue(decays ? group.get("wd") : 0.0));
            eps = Owned.replace(eps, new IValue(group.get("eps")));
        }

        @Override
        public void step(IValue parameters, IValue gradients) {
            for (Tensor counter : counters) counter.add_(one);
            // exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps, lr, beta1, beta2, weight_decay, eps, amsgrad,
            // maximize, grad_scale, found_inf
            Operators.STEP.call(Kernel.stack(
                    parameters,
                    gradients,
                    averageList,
                    squareList,
                    empty,
                    stepList,
                    lr,
                    mom,
                    sqrMom,
                    wd,
                    eps,
                    no,
                    no,
                    none,
                    none));
        }

        @Override
        public void close() {
            Owned.close(averages);
            Owned.close(squares);
            Owned.close(Arrays.stream(steps).distinct().toArray(Tensor[]::new));
            Owned.close(one, empty, no, none, averageList, squareList, stepList, lr, mom, sqrMom, wd, eps);
        }
    }
}
