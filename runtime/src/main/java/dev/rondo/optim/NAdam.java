package dev.rondo.optim;

import dev.rondo.torch.Devices;
import java.util.List;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Adam with Nesterov momentum, which rises: μₙ = mom·(1 − ½·0.96^(n·momentum_decay)), and Mₙ is the product of the first n. p ← p −
 * lr·((1−μₙ)/(1−Mₙ)·g + μₙ₊₁/(1−Mₙ·μₙ₊₁)·m)/(√v̂ + eps).
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.optim.NAdam.html">torch.optim.NAdam</a>
 * @see <a href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat 2016</a>
 */
record NAdam() implements AdamRule {
    private static final String PRODUCT = "mu_product";
    private static final double BASE = 0.96;

    /** The product is a number in the memory of the CPU, so that reading it does not wait for the device. */
    private static final State MOMENTA = new State(
            PRODUCT,
            p -> torch.ones(
                    new long[0], new TensorOptions(ScalarType.Double).device(new DeviceOptional(Devices.cpu()))));

    @Override
    public List<State> states() {
        return List.of(State.zeros(Averages.GRADIENTS), State.zeros(Averages.SQUARES), MOMENTA);
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients);
        double mu = momentum(group, group.stepNumber()), next = momentum(group, group.stepNumber() + 1);
        Foreach.mul_(group.state(PRODUCT), mu);
        double product = group.state(PRODUCT).toTensorVector().get(0).item_double(); // of all these parameters
        Foreach.lerp_(group.state(Averages.GRADIENTS), g, 1 - group.hyper(Hyper.MOM));
        Averages.updateSquares(group, g);
        // √v̂ + eps = (√v + eps·c)/c with c = √(1 − sqr_momⁿ)
        double c = Math.sqrt(group.biasCorrection(Hyper.SQR_MOM));
        IValue divisors = Foreach.sqrt(group.state(Averages.SQUARES));
        Foreach.add_(divisors, group.hyper(Hyper.EPS) * c);
        double step = -group.hyper(Hyper.LR) * c;
        Foreach.addcdiv_(group.parameters(), g, divisors, step * (1 - mu) / (1 - product));
        Foreach.addcdiv_(
                group.parameters(), group.state(Averages.GRADIENTS), divisors, step * next / (1 - product * next));
    }

    private static double momentum(StepGroup group, long step) {
        return group.hyper(Hyper.MOM) * (1 - 0.5 * Math.pow(BASE, step * group.hyper(Hyper.MOMENTUM_DECAY)));
    }
}
