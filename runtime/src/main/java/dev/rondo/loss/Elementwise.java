package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;

/** A loss of elements that is one formula. */
final class Elementwise extends ElementLoss {
    /** Computes a loss with a reduction. */
    @FunctionalInterface
    interface Formula {
        Tensor of(Tensor pred, Tensor y, Reduction reduction);
    }

    private final String options;
    private final Formula formula;

    Elementwise(String name, Formula formula) {
        this(name, "", formula);
    }

    /** @param options the options in the text of the loss, each with ", " after it */
    Elementwise(String name, String options, Formula formula) {
        this(name, Reduction.MEAN, options, formula);
    }

    private Elementwise(String name, Reduction reduction, String options, Formula formula) {
        super(name, reduction);
        this.options = options;
        this.formula = formula;
    }

    @Override
    public Elementwise withReduction(Reduction reduction) {
        return new Elementwise(name(), reduction, options, formula);
    }

    @Override
    Tensor loss(Tensor pred, Tensor y) {
        return formula.of(pred, y, reduction());
    }

    @Override
    String options() {
        return options;
    }
}
