package dev.rondo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the benchmarks with tiny sizes. The figures mean nothing. */
class SmokeTest {
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
        assertTrue(keys.get("bodies_ratio") > 0, keys::toString);
        assertTrue(keys.containsKey("growth"), keys::toString);
    }

    @Test
    void allWritesTheFiguresOfEach(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("figures.json");
        Bench.run("all", "--quick", "--only", "optim", "--json", file.toString());
        Map<String, Object> figures = JSON.std.mapFrom(Files.readString(file));
        assertEquals(Set.of("optim"), figures.keySet());
        assertTrue(((Map<?, ?>) figures.get("optim")).containsKey("rondo_over_libtorch_cpp"), figures::toString);
    }

    @Test
    void memoryLeavesNothingBehind() {
        Map<String, Double> keys = Bench.keys("memory", "--in-process", "--steps", "10000");
        assertEquals(keys.get("handles_after_warmup"), keys.get("handles_at_end"), keys::toString);
    }
}
