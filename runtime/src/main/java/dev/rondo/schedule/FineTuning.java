package dev.rondo.schedule;

/**
 * How a pretrained model is fine-tuned: its head alone first, with a rate that rises nearly all the time, then all of it.
 *
 * @param baseLr the largest learning rate of the last parameter group in the first fit; it is halved for the second
 * @param freezeEpochs the epochs of the first fit
 * @param lrMult how many times smaller the rate of the first parameter group is than that of the last in the second fit
 * @param pctStart the share of the second fit in which the rate rises
 * @param div what the largest rate of the second fit is divided by at its start
 * @see <a href="https://docs.fast.ai/callback.schedule.html#learner.fine_tune">fastai, fine_tune</a>, whose defaults these are
 */
public record FineTuning(double baseLr, int freezeEpochs, double lrMult, double pctStart, double div) {
    private static final double PCT_START_FROZEN = 0.99;

    public FineTuning {
        if (!(baseLr > 0 && baseLr < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("baseLr is a number above 0, not " + baseLr + ".");
        }
        if (freezeEpochs < 0)
            throw new IllegalArgumentException("freezeEpochs is 0 or more, not " + freezeEpochs + ".");
        Fractions.checkDivisor("lrMult", lrMult);
        Fractions.check("pctStart", pctStart);
        Fractions.checkDivisor("div", div);
    }

    /** A rate of 0.002, one epoch for the head alone, a hundredth of the rate for the first group; 0.3 and 5. */
    public FineTuning() {
        this(2e-3, 1, 100, 0.3, 5);
    }

    /** The same with another learning rate. */
    public FineTuning withBaseLr(double rate) {
        return new FineTuning(rate, freezeEpochs, lrMult, pctStart, div);
    }

    /** The same with other epochs of the first fit. */
    public FineTuning withFreezeEpochs(int epochs) {
        return new FineTuning(baseLr, epochs, lrMult, pctStart, div);
    }

    /** The same with another ratio of the rates. */
    public FineTuning withLrMult(double ratio) {
        return new FineTuning(baseLr, freezeEpochs, ratio, pctStart, div);
    }

    /** The policy of the first fit. */
    public OneCycle frozen() {
        return new OneCycle().withPctStart(PCT_START_FROZEN);
    }

    /** The policy of the second fit. */
    public OneCycle whole() {
        return new OneCycle().withPctStart(pctStart).withDiv(div);
    }
}
