package dev.rondo.loss;

import org.bytedeco.pytorch.Tensor;

/** A loss of elements that is one formula. */
final class Elementwise extends ElementLoss {
    /** Computes a loss with a reduction. */
    @FunctionalInterface
    interface Formula {
        Tensor of(Tensor pred, Tensor y, Reduction reduction);
    }

    private final Formula formula;

    Elementwise(String name, Formula formula) {
        this(name, Reduction.MEAN, formula);
    }

    private Elementwise(String name, Reduction reduction, Formula formula) {
        super(name, reduction);
        this.formula = formula;
    }

    @Override
    public Elementwise withReduction(Reduction reduction) {
        return new Elementwise(name(), reduction, formula);
    }

    @Override
    Tensor loss(Tensor pred, Tensor y) {
        return formula.of(pred, y, reduction());
    }
}
