package dev.rondo.metric;

/**
 * How precision, recall and F1 are averaged over classes: scikit-learn's {@code average}.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/model_evaluation.html#from-binary-to-multiclass-and-multilabel">scikit-learn, from
 *     binary to multiclass</a>
 */
public enum Averaging {
    /** The value of class 1; there must be two classes. */
    BINARY(""),
    /** The value of all decisions together. Precision, recall and F1 are then equal to the accuracy. */
    MICRO("_micro"),
    /** The mean over the classes that occur among targets or predictions. */
    MACRO("_macro"),
    /** The mean over classes, weighted by their number of targets. */
    WEIGHTED("_weighted");

    /** The suffix of the metric's name. */
    final String suffix;

    Averaging(String suffix) {
        this.suffix = suffix;
    }
}
