package dev.rondo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmarks run; tiny, their figures mean nothing. */
class SmallTest {
    @Test
    void optimComparesBothOptimizers() {
        Map<String, Double> keys = Bench.keys("optim", "--rounds", "1", "--steps", "3");
        assertEquals(2, keys.size());
        assertTrue(keys.values().stream().allMatch(ratio -> ratio > 0), keys::toString);
    }

    @Test
    void processorComparesWithOneThatChecksNothing() {
        Map<String, Double> keys =
                Bench.keys("processor", "--in-process", "--rounds", "1", "--classes", "4", "--from", "2", "--to", "6");
        assertTrue(keys.get("ratio") > 0, keys::toString);
        assertTrue(keys.containsKey("growth"), keys::toString);
    }

    @Test
    void memoryLeavesNothingBehind() {
        Map<String, Double> keys = Bench.keys("memory", "--in-process", "--steps", "10000");
        assertEquals(keys.get("handles_after_warmup"), keys.get("handles_at_end"), keys::toString);
    }
}
