package dev.rondo.metric;

/**
 * How a metric is averaged over classes or labels: scikit-learn's {@code average}.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/model_evaluation.html#from-binary-to-multiclass-and-multilabel">scikit-learn, from
 *     binary to multiclass</a>
 */
public enum Averaging {
    /** The value of class 1; there must be two classes. Not for several labels. */
    BINARY(""),
    /** The value of all decisions together. Of classes, precision, recall and F1 are then equal to the accuracy. */
    MICRO("_micro"),
    /** The mean over the classes that occur among targets or predictions, or over all labels. */
    MACRO("_macro"),
    /** The mean over classes or labels, weighted by their number of targets. */
    WEIGHTED("_weighted"),
    /** The mean over the values of single samples, each over its labels. Only for several labels. */
    SAMPLES("_samples");

    /** The suffix of the metric's name. */
    final String suffix;

    Averaging(String suffix) {
        this.suffix = suffix;
    }
}
