package dev.rondo.schedule;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.check.Wrong;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments of schedules and searches, and what is said. */
class WrongSchedulesTest {
    private static final Span NONE = Span.none();
    private static final Schedule ONE = Schedules.constant(1);

    static Stream<Wrong> wrong() {
        return Stream.of(
                call("A schedule is made of finite numbers, not of NaN.", () -> Schedules.linear(Double.NaN, 1)),
                call("A schedule is made of finite numbers, not of Infinity.", () -> Schedules.constant(1 / 0.)),
                call(
                        "An exponential schedule goes between two numbers of one sign, neither of them 0, not from 0.0 to 1.0.",
                        () -> Schedules.exponential(0, 1)),
                call("The power of a schedule is above 0, not 0.0.", () -> Schedules.polynomial(0, 1, 0)),
                call("The power of a schedule is above 0, not NaN.", () -> Schedules.polynomial(0, 1, Double.NaN)),
                call(
                        "Schedules are combined with one fraction for each, but there are 0 fractions and 0 schedules.",
                        () -> Schedules.combine(List.of(), List.of())),
                call(
                        "'parts[0]' must not be null.",
                        () -> Schedules.combine(List.of(1.), Arrays.asList((Schedule) null))),
                call(
                        "'fractions[1]' must not be null.",
                        () -> Schedules.combine(Arrays.asList(1., null), List.of(ONE, ONE))),
                call(
                        "The fractions of combined schedules are 0 or more, but one of [1.5, -0.5] is -0.5.",
                        () -> Schedules.combine(List.of(1.5, -.5), List.of(ONE, ONE))),
                call(
                        "The fractions of combined schedules sum to 1, but those of [0.25, 0.25] sum to 0.5.",
                        () -> Schedules.combine(List.of(.25, .25), List.of(ONE, ONE))),
                call(
                        "The fraction of the first cosine is from 0 to 1, not 1.5.",
                        () -> Schedules.combinedCosine(1.5, 0, 1, 0)),
                call("pctStart is from 0 to 1, not -0.1.", () -> new OneCycle().withPctStart(-.1)),
                call("pctStart is from 0 to 1, not NaN.", () -> new FlatCosine().withPctStart(Double.NaN)),
                call("div is above 0, not 0.0.", () -> new OneCycle().withDiv(0)),
                call("divFinal is above 0, not -1.0.", () -> new OneCycle().withDivFinal(-1)),
                call("divFinal is a finite number, not Infinity.", () -> new FlatCosine().withDivFinal(1 / 0.)),
                call("momLow is 0 or more, not -0.85.", () -> new OneCycle().withMoms(.95, -.85, .95)),
                call("momEnd is 0 or more, not NaN.", () -> new OneCycle().withMoms(.95, .85, Double.NaN)),
                call("baseLr is above 0, not -1.0.", () -> new FineTuning().withBaseLr(-1)),
                call("freezeEpochs is 0 or more, not -1.", () -> new FineTuning().withFreezeEpochs(-1)),
                call("lrMult is above 0, not 0.0.", () -> new FineTuning().withLrMult(0)),
                call("cycles is 1 or more, not 0.", () -> new WarmRestarts(0, 1)),
                call("cycleLen is 1 or more, not -1.", () -> new WarmRestarts(1, -1)),
                call("cycleMult is 1 or more, not 0.", () -> new WarmRestarts(2, 1, 0)),
                call(
                        "40 cycles, the first of 1 epochs and each 2 times as long as the one before it, are more epochs than a fit can have.",
                        () -> new WarmRestarts(40, 1)),
                call(
                        "A range of learning rates goes from a number above 0 to a larger one, not from 1.0 to 0.1.",
                        () -> new LrRange(1, .1)),
                call(
                        "A range of learning rates goes from a number above 0 to a larger one, not from 0.0 to 1.0.",
                        () -> new LrRange(0, 1)),
                call(
                        "A range of learning rates has as many starts as ends, not 2 and 1.",
                        () -> new LrRange(List.of(.1, .2), List.of(1.))),
                call("'start[0]' must not be null.", () -> new LrRange(Arrays.asList((Double) null), List.of(1.))),
                call("The number of batches of a search is 1 or more, not 0.", () -> new LrRange().withBatches(0)),
                call("The number of steps of a span is 0 or more, not -1.", () -> Span.steps(-1)),
                call("The number of epochs of a span is 0 or more, not -1.", () -> Span.epochs(-1)),
                call("The share of a span is from 0 to 1, not 1.5.", () -> Span.share(1.5)),
                call("The share of a span is from 0 to 1, not NaN.", () -> Span.share(Double.NaN)),
                call("'warmUp' must not be null.", () -> StepSchedules.linear(null)),
                call("'warmUp' must not be null.", () -> StepSchedules.polynomial(null)),
                call("The number of waves of a cosine is above 0, not 0.0.", () -> StepSchedules.cosine(NONE, 0, 0)),
                call("The least fraction of a cosine is from 0 to 1, not 2.0.", () -> StepSchedules.cosine(NONE, 1, 2)),
                call("The number of cycles is 1 or more, not 0.", () -> StepSchedules.cosineWithRestarts(NONE, 0)),
                call("The power of a schedule is above 0, not 0.0.", () -> StepSchedules.polynomial(NONE, 0, 0)),
                call(
                        "The last learning rate of a polynomial schedule is below that of the fit, 0.1, not 0.5.",
                        () -> StepSchedules.polynomial(NONE, .5, 1).lr(.1, new FitLength(1, 1))),
                call(
                        "The least fraction of a schedule is from 0 to 1, not -1.0.",
                        () -> StepSchedules.warmUpStableDecay(NONE, Ramp.LINEAR, NONE, Ramp.LINEAR, -1)),
                call("'decay' must not be null.", () -> StepSchedules.warmUpStableDecay(NONE, null)),
                call("The gamma of a schedule is 0 or more, not -1.0.", () -> StepSchedules.exponential(-1)),
                call("The gamma of a schedule is 0 or more, not NaN.", () -> StepSchedules.multiStep(Double.NaN)),
                call("'milestones[0]' must not be null.", () -> StepSchedules.multiStep(.1, (Span) null)),
                call(
                        "The interval of a schedule is at least one step, not 0 steps.",
                        () -> StepSchedules.step(NONE, .1)),
                call(
                        "The rise of a triangle is at least one step, not 0.0 of the fit.",
                        () -> StepSchedules.triangular(0, Span.share(0), Span.steps(1))),
                call(
                        "The fall of a triangle is at least one step, not 0 epochs.",
                        () -> StepSchedules.triangular2(0, Span.steps(1), Span.epochs(0))),
                call(
                        "The smallest learning rate of a schedule is 0 or more, not -1.0.",
                        () -> StepSchedules.triangular(-1, Span.steps(1), Span.steps(1))),
                call("epochs is 0 or more, not -1.", () -> new FitLength(-1, 1)),
                call("'losses' must not be null.", () -> new LrCurve(new double[1], null)),
                call(
                        "A curve has as many losses as learning rates, not 2 and 1.",
                        () -> new LrCurve(new double[1], new double[2])),
                call(
                        "The number of points to drop at the start is 0 or more, not -1.",
                        () -> new LrCurve(new double[3], new double[3]).without(-1, 0)));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Wrong wrong) {
        wrong.assertSaid();
    }

    /** PyTorch and fastai accept these. */
    @Test
    void unusualValues() {
        assertEquals(1, new OneCycle().withPctStart(0).lr(1).at(0));
        assertEquals(1, new OneCycle().withPctStart(1).withDiv(1).lr(1).at(1), 1e-9);
        assertEquals(1, new FlatCosine().withPctStart(1).lr(1).at(.9));
        assertEquals(0, new OneCycle().lr(0).at(.5));
    }
}
