package dev.rondo.loss;

import dev.rondo.check.Range;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The loss functions of Rondo, with the defaults of fastai and, where fastai has none, of torch.nn. The reduction is the mean unless stated otherwise. */
public final class Losses {
    private Losses() {}

    /** Cross entropy of logits (N, classes, …) with class numbers (N, …) as targets. */
    public static CrossEntropy crossEntropy() {
        return new CrossEntropy();
    }

    /** Cross entropy of logits (N, classes, …) with probabilities of the classes, of the same shape, as targets. */
    public static SoftCrossEntropy softCrossEntropy() {
        return new SoftCrossEntropy();
    }

    /** Negative log likelihood of logs of probabilities (N, classes, …) with class numbers (N, …) as targets. */
    public static NegativeLogLikelihood nll() {
        return new NegativeLogLikelihood();
    }

    /** Hinge loss of scores (N, classes) with class numbers (N) as targets. */
    public static MultiMargin multiMargin() {
        return new MultiMargin();
    }

    /** Connectionist temporal classification of logits (N, frames, classes); the targets are labels and the lengths of inputs and labels. */
    public static Ctc ctc() {
        return new Ctc();
    }

    /** Cross entropy with label smoothing of 0.1. */
    public static LabelSmoothing labelSmoothing() {
        return labelSmoothing(.1);
    }

    /**
     * Cross entropy with label smoothing.
     *
     * @param eps the weight of the uniform distribution, 0 to 1
     */
    public static LabelSmoothing labelSmoothing(double eps) {
        return new LabelSmoothing(eps);
    }

    /** Focal loss with a gamma of 2. */
    public static Focal focal() {
        return focal(2);
    }

    /**
     * Focal loss.
     *
     * @param gamma how much less well-classified samples count, at least 0; 0 gives cross entropy
     */
    public static Focal focal(double gamma) {
        return new Focal(gamma);
    }

    /** Binary cross entropy of logits with targets from 0 to 1. */
    public static BinaryCrossEntropy bceWithLogits() {
        return new BinaryCrossEntropy();
    }

    /** Binary cross entropy of probabilities with targets from 0 to 1. */
    public static BinaryCrossEntropyOfProbabilities bce() {
        return new BinaryCrossEntropyOfProbabilities();
    }

    /** Binary cross entropy of logits (N, labels), averaged over the labels of each sample. */
    public static MultiLabelSoftMargin multiLabelSoftMargin() {
        return new MultiLabelSoftMargin();
    }

    /** Logistic loss of logits with targets −1 and 1. */
    public static SoftMargin softMargin() {
        return new SoftMargin(Reduction.MEAN);
    }

    /** Kullback–Leibler divergence of logs of probabilities from probabilities of the same shape. */
    public static KLDivergence klDivergence() {
        return new KLDivergence();
    }

    /** Negative log likelihood of counts; predictions are the logs of their rates. */
    public static PoissonNll poissonNll() {
        return new PoissonNll();
    }

    /** Dice loss for segmentation, summed over items and classes. */
    public static Dice dice() {
        return new Dice();
    }

    /**
     * Mean squared error of two tensors of the same shape. Targets of another type than the prediction are converted to floats, as in
     * fastai. Other shapes are an error, because (N, 1) and (N) would be broadcast to (N, N).
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</a>
     */
    public static ReducedLoss mse() {
        return new Elementwise("mse", (pred, y, reduction) -> torch.mse_loss(pred, y, reduction.ordinal()));
    }

    /**
     * Mean absolute error of two tensors of the same shape. Targets of another type than the prediction are converted to floats, as in
     * fastai.
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html">torch.nn.L1Loss</a>
     */
    public static ReducedLoss l1() {
        return new Elementwise("l1", (pred, y, reduction) -> torch.l1_loss(pred, y, reduction.ordinal()));
    }

    /** Huber loss with a delta of 1. */
    public static ReducedLoss huber() {
        return huber(1);
    }

    /**
     * Huber loss of two tensors of the same shape: d²/2 where the distance d is at most delta, else delta·(d − delta/2). Targets of another
     * type than the prediction are converted to floats.
     *
     * @param delta above 0
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html">torch.nn.HuberLoss</a>
     */
    public static ReducedLoss huber(double delta) {
        Range.POSITIVE.check("The delta of a Huber loss", delta);
        return new Elementwise("huber", (pred, y, reduction) -> torch.huber_loss(pred, y, reduction.ordinal(), delta));
    }

    /** Smooth L1 loss with a beta of 1. */
    public static ReducedLoss smoothL1() {
        return smoothL1(1);
    }

    /**
     * Smooth L1 loss of two tensors of the same shape: d²/(2·beta) where the distance d is below beta, else d − beta/2; it is {@link
     * #huber(double)} divided by beta. Targets of another type than the prediction are converted to floats.
     *
     * @param beta 0 or more; 0 gives {@link #l1()}
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html">torch.nn.SmoothL1Loss</a>
     */
    public static ReducedLoss smoothL1(double beta) {
        Range.NOT_NEGATIVE.check("The beta of a smooth L1 loss", beta);
        // With beta 0, libtorch's kernel has a gradient of −1 at a distance of 0. PyTorch makes this distinction too.
        Elementwise.Formula formula = beta == 0
                ? (pred, y, reduction) -> torch.l1_loss(pred, y, reduction.ordinal())
                : (pred, y, reduction) -> torch.smooth_l1_loss(pred, y, reduction.ordinal(), beta);
        return new Elementwise("smoothL1", formula);
    }

    /**
     * Quantile loss, or pinball loss, of two tensors of the same shape: max(q·d, (q − 1)·d) with d = target − prediction. Its minimum is at
     * the quantile q of the targets; 0.5 is half of {@link #l1()}. Targets of another type than the prediction are converted to floats.
     *
     * @param q 0 to 1
     * @see <a href="https://scikit-learn.org/stable/modules/model_evaluation.html#pinball-loss">scikit-learn, pinball loss</a>
     */
    public static ReducedLoss quantile(double q) {
        Range.FRACTION.check("The q of a quantile loss", q);
        return new Elementwise("quantile", (pred, y, reduction) -> {
            Tensor missing = y.sub(pred);
            return reduction.of(torch.maximum(missing.mul(new Scalar(q)), missing.mul(new Scalar(q - 1))));
        });
    }
}
