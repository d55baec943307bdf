package dev.rondo.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * x·Φ(x), where Φ is the distribution function of the standard normal distribution. This is the exact function, not its tanh approximation.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.GELU.html">torch.nn.GELU</a>
 * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</a>
 */
public final class GELU extends OperatorLayer {
    @Override
    Tensor compute(Tensor... x) {
        return torch.gelu(x[0]);
    }
}
