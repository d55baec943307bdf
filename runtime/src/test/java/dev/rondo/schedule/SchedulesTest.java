package dev.rondo.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
    private static final Schedule HERE = position -> position;

    private static double[] at(Schedule schedule, double... positions) {
        return java.util.Arrays.stream(positions).map(schedule::at).toArray();
    }

    private static void rejected(String sentence, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(sentence), message);
    }

    @Test
    void schedulesGoFromStartToEnd() {
        assertArrayEquals(new double[] {2, 3, 4}, at(Schedules.linear(2, 4), 0, .5, 1), 1e-12);
        assertArrayEquals(
                new double[] {2, 2.2928932, 3, 3.7071068, 4}, at(Schedules.cosine(2, 4), 0, .25, .5, .75, 1), 1e-7);
        assertArrayEquals(new double[] {2, 2, 2}, at(Schedules.constant(2), 0, .5, 1), 0);
        assertArrayEquals(new double[] {1e-3, 1e-2, 1e-1}, at(Schedules.exponential(1e-3, 1e-1), 0, .5, 1), 1e-12);
        assertArrayEquals(new double[] {2, 2.25, 4}, at(Schedules.polynomial(2, 4, 3), 0, .5, 1), 1e-12);
    }

    @Test
    void schedulesGoOnBeyondTheEnd() {
        assertEquals(5, Schedules.linear(2, 4).at(1.5), 1e-12);
        assertEquals(10, Schedules.exponential(.1, 1).at(2), 1e-12);
    }

    @Test
    void numbersMayBeVeryLarge() {
        double most = Double.MAX_VALUE;
        assertArrayEquals(new double[] {0, most / 2, most}, at(Schedules.cosine(0, most), 0, .5, 1), most / 1e12);
        assertEquals(most, new OneCycle().lr(most).at(.25));
    }

    @Test
    void l5_aCosineUpAndAnotherDown() {
        double[] expected = {.3, .375, .525, .6, .580194, .524698, .444504, .355496, .275302, .219806, .2, .219806};
        Schedule schedule = Schedules.combinedCosine(.3, .3, .6, .2);
        assertArrayEquals(
                expected,
                IntStream.range(0, 12).mapToDouble(i -> schedule.at(i / 10.0)).toArray(),
                1e-6);
    }

    @Test
    void l6_fractionsSumToOneAndAreNotNegative() {
        rejected("sum to 0.8999", () -> Schedules.combine(List.of(.3, .6), List.of(HERE, HERE)));
        rejected("is -0.2", () -> Schedules.combine(List.of(1.2, -.2), List.of(HERE, HERE)));
        rejected("is NaN", () -> Schedules.combine(List.of(Double.NaN, 1.0), List.of(HERE, HERE)));
        rejected("2 fractions and 1 schedules", () -> Schedules.combine(List.of(.5, .5), List.of(HERE)));
        rejected("0 fractions and 0 schedules", () -> Schedules.combine(List.of(), List.of()));
        Schedules.combine(List.of(.1, .2, .7), List.of(HERE, HERE, HERE)); // their sum is not quite 1
    }

    @ParameterizedTest
    @ValueSource(doubles = {-.1, -1e-9, Double.NaN, Double.NEGATIVE_INFINITY})
    void l6_positionsAreNotNegative(double position) {
        Schedule schedule = Schedules.combine(List.of(.5, .5), List.of(HERE, HERE));
        rejected("A position in training is 0 or more", () -> schedule.at(position));
    }

    @Test
    void l6_atALimitTheNextPartBegins_andPartsOfNoWidthAreSkipped() {
        Schedule[] parts = IntStream.range(0, 3)
                .mapToObj(i -> (Schedule) position -> 10 * i + position)
                .toArray(Schedule[]::new);
        assertEquals(20, Schedules.combine(List.of(.5, 0.0, .5), List.of(parts)).at(.5));
        assertEquals(
                0,
                Schedules.combine(List.of(1.0, 0.0), List.of(parts[0], parts[1]))
                        .at(0));
        assertEquals(
                1,
                Schedules.combine(List.of(1.0, 0.0), List.of(parts[0], parts[1]))
                        .at(1));
        assertEquals(
                10,
                Schedules.combine(List.of(0.0, 1.0), List.of(parts[0], parts[1]))
                        .at(0));
    }

    @Test
    void positionsAndLimitsAreComparedAsFloats() {
        double third = 1.0 / 3;
        Schedule schedule = Schedules.combine(List.of(third, third, third), List.of(HERE, p -> 10 + p, p -> 20 + p));
        assertTrue((float) third > third, "a double would be below the limit");
        assertEquals(10, schedule.at(third));
        assertEquals(
                (.5f - (float) third) / ((float) (2 * (double) (float) third) - (float) third), schedule.at(.5) - 10);
    }

    @Test
    void theLastPartGoesOnBeyondOne() {
        assertEquals(
                12,
                Schedules.combine(List.of(.5, .5), List.of(HERE, p -> 10 + p)).at(1.5));
    }

    @Test
    void restartsHaveTheEpochsOfTheirCycles() {
        assertEquals(7, new WarmRestarts(3, 1).epochs());
        assertEquals(26, new WarmRestarts(3, 2, 3).epochs());
        assertEquals(6, new WarmRestarts(3, 2, 1).epochs());
    }
}
