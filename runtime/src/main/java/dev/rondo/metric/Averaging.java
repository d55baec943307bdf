package dev.rondo.metric;

/**
 * What precision, recall and F1 are of, where there are classes: scikit-learn's {@code average}.
 *
 * @see <a href="https://scikit-learn.org/stable/modules/model_evaluation.html#from-binary-to-multiclass-and-multilabel">scikit-learn,
 *     from binary to multiclass</a>
 */
public enum Averaging {
    /** Of class 1, where there are two classes. */
    BINARY(""),
    /** Of all decisions, whatever their class; of single-label predictions all three are the accuracy. */
    MICRO("_micro"),
    /** The mean over the classes that occur, among targets or predictions. */
    MACRO("_macro"),
    /** The mean over classes, weighted with how often a class is the target. */
    WEIGHTED("_weighted");

    /** What the name of a metric ends in; none for binary. */
    final String suffix;

    Averaging(String suffix) {
        this.suffix = suffix;
    }
}
