package dev.rondo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainTest {
    private static final List<String> FIELDS = List.of(
            "peer",
            "model",
            "steps",
            "per_step_epoch_us",
            "per_step_epoch_min_us",
            "median_us",
            "mean_us",
            "p10_us",
            "min_us",
            "epoch_seconds_mean",
            "train_loss_last_epoch",
            "valid_accuracy",
            "rss_mb");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "cnn"})
    void printsTheObjectOfThePeers(String model) throws IOException {
        String data = TinyData.write(folder, 300, 20).toString();
        String line = Bench.lastLine("train", "--data", data, "--model", model, "--epochs", "2");
        Map<String, Object> result = JSON.std.mapFrom(line);
        assertEquals(FIELDS, List.copyOf(result.keySet()));
        assertEquals(
                List.of("rondo", model, 10), List.of(result.get("peer"), result.get("model"), result.get("steps")));
        double loss = ((Number) result.get("train_loss_last_epoch")).doubleValue();
        assertTrue(loss > 0 && loss < 3, line);
    }

    @Test
    void theMeanLossIsThatOfTheBatches() {
        double[] losses = {3, 1, 2, 4};
        double[] smooth = new double[4];
        double v = 0;
        for (int n = 0; n < 4; n++) {
            v = 0.98 * v + 0.02 * losses[n];
            smooth[n] = v / (1 - Math.pow(0.98, n + 1));
        }
        assertEquals(2.5, Train.meanLoss(smooth, 4), 1e-12);
        assertEquals(3, Train.meanLoss(smooth, 2), 1e-12);
    }

    @Test
    void theClockLeavesTheWarmUpOut() {
        StepClock clock = new StepClock(1, 2);
        for (int epoch = 0; epoch < 3; epoch++) {
            clock.start();
            for (int i = 0; i < 300; i++) clock.mark();
            clock.stop();
        }
        assertEquals(300, clock.batches());
        assertEquals(600, clock.steps().length);
        assertEquals(2, clock.epochs().length);
        assertTrue(clock.epochs()[1] >= Stats.of(clock.steps()).median());
    }

    @Test
    void theMedianOfAnEvenNumberIsInTheMiddle() {
        assertEquals(2.5, Stats.of(4, 1, 3, 2).median());
        assertArrayEquals(
                new double[] {1, 4},
                new double[] {Stats.of(4, 1).min(), Stats.of(4, 1).max()});
    }
}
