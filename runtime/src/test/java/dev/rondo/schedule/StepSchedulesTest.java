package dev.rondo.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schedule has at every step the number of transformers' or torch's. */
class StepSchedulesTest {
    private static final double LR = .02;
    private static final Span NONE = Span.none(), FIVE = Span.steps(5), EIGHT = Span.steps(8);

    private static final Map<String, StepSchedule> SCHEDULES = Map.ofEntries(
            Map.entry("constant", StepSchedules.constant(NONE)),
            Map.entry("constantWarmUp", StepSchedules.constant(FIVE)),
            Map.entry("polynomialDefault", StepSchedules.polynomial(FIVE)),
            Map.entry("cosineWaves", StepSchedules.cosine(FIVE, 1.5, 0)),
            Map.entry("cosineLeast", StepSchedules.cosine(FIVE, .5, .1)),
            Map.entry("wsdLinear", StepSchedules.warmUpStableDecay(FIVE, Ramp.COSINE, EIGHT, Ramp.LINEAR, .1)),
            Map.entry("wsdRoot", StepSchedules.warmUpStableDecay(FIVE, Ramp.SQUARE_ROOT, EIGHT, Ramp.SQUARE_ROOT, .2)),
            Map.entry("step", StepSchedules.step(Span.steps(4), .5)),
            Map.entry("stepEpochs", StepSchedules.step(Span.epochs(2), .1)),
            Map.entry("multiStep", StepSchedules.multiStep(.3, EIGHT, Span.steps(3), EIGHT)),
            Map.entry("multiStepEpochs", StepSchedules.multiStep(.1, Span.epochs(1), Span.epochs(2))),
            Map.entry("exponential", StepSchedules.exponential(.7)),
            Map.entry("exponentialSteps", StepSchedules.step(Span.steps(1), .9)),
            Map.entry("triangular", StepSchedules.triangular(.001, Span.steps(4), Span.steps(6))),
            Map.entry("triangular2", StepSchedules.triangular2(.001, Span.steps(3), Span.steps(3))),
            Map.entry(
                    "triangularExponential",
                    StepSchedules.triangularExponential(.001, Span.steps(4), Span.steps(2), .95)));

    /** These have a warm-up, which the end of the name tells. */
    private static StepSchedule schedule(String name) {
        if (SCHEDULES.containsKey(name)) return SCHEDULES.get(name);
        Map<String, Span> warmUps = Map.of("Steps", FIVE, "Share", Span.share(.15), "Epoch", Span.epochs(1), "", NONE);
        String end = Stream.of("Steps", "Share", "Epoch")
                .filter(name::endsWith)
                .findAny()
                .orElse("");
        Span warmUp = warmUps.get(end);
        return switch (name.substring(0, name.length() - end.length())) {
            case "linear" -> StepSchedules.linear(warmUp);
            case "cosine" -> StepSchedules.cosine(warmUp);
            case "restarts" -> StepSchedules.cosineWithRestarts(warmUp, 3);
            case "polynomial" -> StepSchedules.polynomial(warmUp, 1e-3, 2);
            case "inverseSquareRoot" -> StepSchedules.inverseSquareRoot(warmUp);
            case "warmUpStableDecay" -> StepSchedules.warmUpStableDecay(warmUp, EIGHT);
            default -> throw new AssertionError("no schedule " + name);
        };
    }

    static Stream<String> rows() throws IOException {
        try (InputStream in = StepSchedulesTest.class.getResourceAsStream("step-schedules.csv")) {
            assertNotNull(in);
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theNumbersAreThoseOfTransformersAndTorch(String row) {
        String[] cells = row.split(";");
        FitLength length = new FitLength(Integer.parseInt(cells[1]), Integer.parseInt(cells[2]));
        Schedule schedule = schedule(cells[0]).lr(LR, length);
        double[] expected = Arrays.stream(cells[3].split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertEquals(length.steps(), expected.length);
        for (int epoch = 0; epoch < length.epochs(); epoch++) {
            double position = (double) epoch / length.epochs(); // as the loop counts
            for (int batch = 0; batch < length.batches(); batch++, position += 1.0 / length.steps()) {
                int step = epoch * length.batches() + batch;
                assertEquals(expected[step], schedule.at(position), 1e-12, "step " + step);
            }
        }
    }

    @Test
    void everyScheduleIsInTheTable() throws IOException {
        Set<String> names = rows().map(row -> row.split(";")[0]).collect(Collectors.toSet());
        assertEquals(16 + 6 * 4, names.size());
    }

    @Test
    void spansAreSteps() {
        FitLength length = new FitLength(3, 7);
        assertEquals(5, FIVE.steps(length));
        assertEquals(14, Span.epochs(2).steps(length));
        assertEquals(4, Span.share(.15).steps(length)); // 3.15, rounded up
        assertEquals(21, Span.share(1).steps(length));
        assertEquals(0, NONE.steps(length));
        assertEquals("2 epochs", Span.epochs(2).toString());
        assertEquals("0.15 of the fit", Span.share(.15).toString());
        assertEquals("8 steps", EIGHT.toString());
    }

    /** A warm-up may be longer than the fit, and an interval shorter than a step. */
    @Test
    void unusualLengths() {
        FitLength length = new FitLength(1, 4);
        assertEquals(LR * 3 / 8, StepSchedules.linear(EIGHT).lr(LR, length).at(.75), 1e-12);
        assertEquals(
                LR * 3 / 8,
                StepSchedules.warmUpStableDecay(EIGHT, EIGHT).lr(LR, length).at(.75),
                1e-12);
        assertEquals(
                LR / 8, StepSchedules.step(Span.share(.01), .5).lr(LR, length).at(.75), 1e-12);
        assertEquals(LR, StepSchedules.linear(NONE).lr(LR, new FitLength(0, 0)).at(0));
    }

    @Test
    void betweenTwoStepsAScheduleGoesOn() {
        Schedule linear = StepSchedules.linear(NONE).lr(1, new FitLength(1, 4));
        assertEquals(.9, linear.at(.1), 1e-12);
        assertEquals(0, linear.at(1.5));
    }
}
