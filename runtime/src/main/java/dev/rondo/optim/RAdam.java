package dev.rondo.optim;

import dev.rondo.torch.Operator;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Rectified Adam: as Adam, but the first steps, in which the average of squares says too little, are p ← p − lr·m̂, and later ones are
 * scaled by √((r−4)(r−2)r∞ / ((r∞−4)(r∞−2)r)), where r∞ = 2/(1−sqr_mom) − 1 and r = r∞ − 2n·sqr_momⁿ/(1−sqr_momⁿ) in step n. The
 * squares count where r &gt; 5. A beta other than 0 replaces the divisor by its softplus of that sharpness.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html#radam">fastai, RAdam</a>
 * @see <a href="https://arxiv.org/abs/1908.03265">Liu and others 2019</a>
 */
record RAdam() implements UpdateRule {
    /** Where softplus goes over into its argument, in units of 1/beta: PyTorch's. */
    private static final double LINEAR_FROM = 20;

    @Override
    public List<State> states() {
        return Averages.BOTH;
    }

    @Override
    public void step(StepGroup c, IValue gradients) {
        Averages.update(c, c.decayed(gradients));
        double rate = -c.hyper(Hyper.LR) / c.debias(Hyper.MOM);
        double limit = 2 / (1 - c.hyper(Hyper.SQR_MOM)) - 1;
        double debias = c.debias(Hyper.SQR_MOM);
        double r = limit - 2 * c.number() * (1 - debias) / debias;
        IValue averages = c.state(Averages.GRADIENTS);
        if (r > 5) {
            double rectified = Math.sqrt((r - 4) * (r - 2) * limit / ((limit - 4) * (limit - 2) * r));
            Foreach.addcdiv_(c.parameters(), averages, divisors(c), rate * rectified);
        } else {
            Foreach.add_(c.parameters(), averages, rate);
        }
    }

    private static IValue divisors(StepGroup c) {
        IValue divisors = Averages.divisors(c);
        double beta = c.hyper(Hyper.BETA);
        if (beta == 0) return divisors;
        TensorVector plain = divisors.toTensorVector(); // there is no such operator on lists
        Tensor[] soft = new Tensor[(int) plain.size()];
        for (int i = 0; i < soft.length; i++) {
            soft[i] = torch.softplus(plain.get(i), new Scalar(beta), new Scalar(LINEAR_FROM));
        }
        return Operator.list(soft);
    }
}
