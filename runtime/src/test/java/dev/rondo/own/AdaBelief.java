package dev.rondo.own;

import dev.rondo.optim.Foreach;
import dev.rondo.optim.Hyper;
import dev.rondo.optim.OptimizerSpec;
import dev.rondo.optim.Optimizers;
import dev.rondo.optim.StepGroup;
import dev.rondo.optim.UpdateRule;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.IValue;

/** The optimizer of docs/guide/optimizers.md, in a package that sees only what is public. */
public record AdaBelief() implements UpdateRule {
    public static OptimizerSpec spec() {
        return Optimizers.of(new AdaBelief(), Map.of(Hyper.MOM, 0.9, Hyper.SQR_MOM, 0.999, Hyper.EPS, 1e-8));
    }

    @Override
    public List<State> states() {
        return List.of(State.zeros("grad_avg"), State.zeros("surprise_avg"));
    }

    @Override
    public void check(Hyper hyper, double value) {
        hyper.check(value);
        if (hyper == Hyper.MOM && value >= 1) {
            throw new IllegalArgumentException("The momentum of AdaBelief is below 1, not " + value + ".");
        }
    }

    @Override
    public void step(StepGroup group, IValue gradients) {
        IValue g = group.applyDecay(gradients);
        IValue averages = group.state("grad_avg"), surprises = group.state("surprise_avg");
        Foreach.lerp_(averages, g, 1 - group.hyper(Hyper.MOM));
        IValue difference = Foreach.add(g, averages, -1);
        Foreach.mul_(surprises, group.hyper(Hyper.SQR_MOM));
        Foreach.addcmul_(surprises, difference, difference, 1 - group.hyper(Hyper.SQR_MOM));
        IValue divisors = Foreach.div(surprises, group.biasCorrection(Hyper.SQR_MOM));
        Foreach.sqrt_(divisors);
        Foreach.add_(divisors, group.hyper(Hyper.EPS));
        double step = group.hyper(Hyper.LR) / group.biasCorrection(Hyper.MOM);
        Foreach.addcdiv_(group.parameters(), averages, divisors, -step);
    }
}
