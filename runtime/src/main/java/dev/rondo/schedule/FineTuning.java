package dev.rondo.schedule;

import dev.rondo.check.Range;

/**
 * Fine-tuning of a pretrained model in two fits: first of its head alone, with a learning rate that rises in nearly the whole fit, then of
 * the whole model.
 *
 * @param baseLr the largest learning rate of the last parameter group in the first fit, above 0; the second fit has half of it
 * @param freezeEpochs number of epochs of the first fit, 0 or more
 * @param lrMult ratio of the learning rates of the last and the first parameter group in the second fit, above 0
 * @param pctStart the fraction of the second fit in which the learning rate rises, 0 to 1
 * @param div the largest learning rate divided by the first one in the second fit, above 0
 * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fine_tune">fastai, fine_tune</a>, which has the same defaults
 */
public record FineTuning(double baseLr, int freezeEpochs, double lrMult, double pctStart, double div) {
    private static final double PCT_START_FROZEN = 0.99;

    public FineTuning {
        Range.POSITIVE.check("baseLr", baseLr);
        Range.NOT_NEGATIVE.check("freezeEpochs", freezeEpochs);
        Range.POSITIVE.check("lrMult", lrMult);
        Range.FRACTION.check("pctStart", pctStart);
        Range.POSITIVE.check("div", div);
    }

    /** baseLr 0.002, freezeEpochs 1, lrMult 100, pctStart 0.3, div 5. */
    public FineTuning() {
        this(2e-3, 1, 100, 0.3, 5);
    }

    /** Returns a copy with another learning rate. */
    public FineTuning withBaseLr(double lr) {
        return new FineTuning(lr, freezeEpochs, lrMult, pctStart, div);
    }

    /** Returns a copy with another number of epochs of the first fit. */
    public FineTuning withFreezeEpochs(int epochs) {
        return new FineTuning(baseLr, epochs, lrMult, pctStart, div);
    }

    /** Returns a copy with another ratio of the learning rates. */
    public FineTuning withLrMult(double ratio) {
        return new FineTuning(baseLr, freezeEpochs, ratio, pctStart, div);
    }

    /** Returns a copy with another fraction of rising learning rate in the second fit. */
    public FineTuning withPctStart(double fraction) {
        return new FineTuning(baseLr, freezeEpochs, lrMult, fraction, div);
    }

    /** Returns a copy with another divisor at the start of the second fit. */
    public FineTuning withDiv(double divisor) {
        return new FineTuning(baseLr, freezeEpochs, lrMult, pctStart, divisor);
    }

    /** The 1cycle policy of the first fit. */
    public OneCycle frozen() {
        return new OneCycle().withPctStart(PCT_START_FROZEN);
    }

    /** The 1cycle policy of the second fit. */
    public OneCycle whole() {
        return new OneCycle().withPctStart(pctStart).withDiv(div);
    }
}
