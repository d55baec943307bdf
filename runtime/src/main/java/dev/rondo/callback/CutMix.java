package dev.rondo.callback;

import dev.rondo.torch.Draws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * CutMix: replaces a box in each image of a training batch by the same box of another image of the batch. The box is the same for the whole
 * batch. Its sides are √(1 − lam) times those of the image, with lam drawn from Beta(alpha, alpha); its centre is drawn uniformly, and it
 * is clipped at the borders. The targets are mixed with the fraction of the image that is kept. Only the first input is cut, of shape (N,
 * …, H, W).
 *
 * <p>Costs about twenty small operators, a copy of the images and a second loss per batch; never waits for the device.
 *
 * @see <a href="https://arxiv.org/abs/1905.04899">Yun et al. 2019</a>
 * @see <a href="https://docs.fast.ai/callback.mixup.html#cutmix">fastai, CutMix</a>
 */
public class CutMix extends MixHandler {
    /** With an alpha of 1, so that lam is uniform. */
    public CutMix() {
        this(1);
    }

    /** @param alpha the parameter of Beta(alpha, alpha), above 0; the larger it is, the more values of lam are near 0.5 */
    public CutMix(double alpha) {
        this(alpha, 0);
    }

    /**
     * @param alpha the parameter of Beta(alpha, alpha), above 0; the larger it is, the more values of lam are near 0.5
     * @param seed the seed of the random numbers
     */
    public CutMix(double alpha, long seed) {
        super(alpha, seed);
    }

    @Override
    protected final Mix mix(List<Tensor> xb, Tensor others, Draws draws) {
        Tensor x = xb.get(0);
        if (x.dim() < 3) {
            throw new IllegalArgumentException(
                    "CutMix cuts images (N, …, H, W), and input 0 is " + Arrays.toString(x.shape()) + ".");
        }
        double side = Math.sqrt(1 - draws.beta(alpha(), 1).item_double());
        Span across = Span.drawn(x.size(-1), side, draws), down = Span.drawn(x.size(-2), side, draws);
        List<Tensor> cut = new ArrayList<>(xb);
        cut.set(0, x.clone());
        if (across.length() > 0 && down.length() > 0) {
            box(cut.get(0), down, across).copy_(box(x, down, across).index_select(0, others));
        }
        double kept = 1 - (double) (across.length() * down.length()) / (x.size(-1) * x.size(-2));
        return new Mix(cut, lam(kept, x));
    }

    private static Tensor box(Tensor images, Span down, Span across) {
        return images.narrow(-2, down.start, down.length()).narrow(-1, across.start, across.length());
    }

    private static Tensor lam(double kept, Tensor like) {
        TensorOptions options = like.options().dtype(new ScalarTypeOptional(ScalarType.Float));
        return torch.full(new long[] {like.size(0)}, new Scalar(kept), options);
    }

    /** A range of rows or columns. */
    private record Span(long start, long end) {
        /** A range around a centre drawn uniformly, clipped at the borders. */
        static Span drawn(long size, double side, Draws draws) {
            long half = (long) Math.rint(size * side) / 2, centre = draws.below(size);
            return new Span(Math.max(0, centre - half), Math.min(size, centre + half));
        }

        long length() {
            return end - start;
        }
    }
}
