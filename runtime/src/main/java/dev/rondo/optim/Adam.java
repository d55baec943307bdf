package dev.rondo.optim;

import org.bytedeco.pytorch.IValue;

/**
 * Adam: m ← mom·m + (1−mom)·g; v ← sqr_mom·v + (1−sqr_mom)·g²; p ← p − lr·m̂/(√v̂ + eps), where m̂ and v̂ are corrected for bias. With
 * decoupled weight decay this is AdamW.
 *
 * @see <a href="https://docs.fast.ai/optimizer.html#adam">fastai, Adam</a>
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2014</a>
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2017</a>, AdamW
 */
record Adam() implements AdamRule {
    @Override
    public void step(StepGroup group, IValue gradients) {
        FusedKernels.adam_(
                group,
                gradients,
                group.state(Averages.GRADIENTS),
                group.state(Averages.SQUARES),
                FusedKernels.NO_TENSORS);
    }
}
