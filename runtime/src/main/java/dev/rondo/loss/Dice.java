package dev.rondo.loss;

import dev.rondo.check.Range;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Dice loss for segmentation: 1 − (2·|P∩Y| + smooth)/(|P| + |Y| + smooth) for each class of each item. Logits are (N, classes, H, W, …),
 * targets are class numbers (N, H, W, …). By default it is summed over items and classes; unreduced it is (N, classes). A class number that
 * is out of range belongs to no class.
 *
 * @see <a href="https://arxiv.org/abs/1606.04797">Milletari et al. 2016</a>
 * @see <a href="https://docs.fast.ai/losses.html#diceloss">fastai, DiceLoss</a>
 */
public final class Dice extends ClassLoss {
    private final double smooth;
    private final boolean squares;

    Dice() {
        this(Reduction.SUM, CLASSES, 1e-6, false);
    }

    private Dice(Reduction reduction, int axis, double smooth, boolean squares) {
        super("dice", reduction, axis, null);
        this.smooth = Range.NOT_NEGATIVE.check("The smooth of a dice loss", smooth);
        this.squares = squares;
    }

    /**
     * Returns a copy with another number that is added to numerator and denominator, so that two empty areas have a loss of 0. By default
     * 1e-6.
     *
     * @param smooth 0 or more
     */
    public Dice withSmooth(double smooth) {
        return new Dice(reduction(), axis(), smooth, squares);
    }

    /** Returns a copy in which |P| is the sum of the squared probabilities, as in the paper; fastai's {@code square_in_union=True}. */
    public Dice withSquareInUnion() {
        return new Dice(reduction(), axis(), smooth, true);
    }

    /** Returns a copy with another dimension of the classes; a negative one counts from the end. By default 1. */
    public Dice withAxis(int axis) {
        return new Dice(reduction(), axis, smooth, squares);
    }

    @Override
    public Dice withReduction(Reduction reduction) {
        return new Dice(reduction, axis(), smooth, squares);
    }

    @Override
    Tensor loss(Tensor logits, Tensor y) {
        if (logits.dim() < 3) throw wrong("takes logits (N, classes, H, W, …), not " + shape(logits));
        Tensor areas = torch.softmax(logits, CLASSES), ofTargets = areasOf(y, areas);
        long[] places = LongStream.range(2, areas.dim()).toArray();
        Tensor common = sum(areas.mul(ofTargets), places);
        Tensor both = sum((squares ? areas.square() : areas).add(ofTargets), places);
        Scalar one = new Scalar(1.0), more = new Scalar(smooth);
        Tensor score = common.mul(new Scalar(2.0)).add(more).div(both.add(more));
        return reduction().of(score.neg().add(one));
    }

    /** 1 where a target is of the class, else 0. */
    private static Tensor areasOf(Tensor y, Tensor like) {
        long[] shape = new long[(int) like.dim()];
        Arrays.fill(shape, 1);
        shape[CLASSES] = like.size(CLASSES);
        Tensor classes = torch.arange(
                        new Scalar(shape[CLASSES]),
                        new TensorOptions(ScalarType.Long).device(new DeviceOptional(like.device())))
                .view(shape);
        return y.unsqueeze(CLASSES).eq(classes).to(like.scalar_type());
    }

    private static Tensor sum(Tensor tensor, long[] dimensions) {
        return tensor.sum(dimensions, false, new ScalarTypeOptional());
    }

    @Override
    String options() {
        return "smooth=" + smooth + ", " + (squares ? "square in union, " : "") + super.options();
    }
}
