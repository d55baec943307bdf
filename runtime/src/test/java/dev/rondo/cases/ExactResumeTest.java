package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is stopped, or dies, at a random batch and goes on in a new learner comes to what an uninterrupted run comes to, bit for bit.
 * {@code -Dresume.runs=200} makes more runs, {@code -Dresume.first} begins at another one.
 */
class ExactResumeTest {
    private static final int RUNS = Integer.getInteger("resume.runs", 40);
    private static final int FIRST = Integer.getInteger("resume.first", 0);

    @TempDir
    Path folder;

    @Test
    void randomRunsGoOnBitForBit() {
        StringBuilder differences = new StringBuilder();
        int interrupted = 0;
        for (int seed = FIRST; seed < FIRST + RUNS; seed++) {
            ResumedRun whole = new ResumedRun(seed, folder.resolve("whole-" + seed));
            Map<String, String> expected = whole.process();
            Random random = new Random(seed);
            ResumedRun run = new ResumedRun(seed, folder.resolve("stopped-" + seed));
            run.interruptedAfter(1 + random.nextInt(whole.batches), random.nextInt(3) == 0);
            Map<String, String> actual = run.process();
            for (int i = 0; i < 3 && (actual.isEmpty() || run.stopped); i++) {
                interrupted++;
                if (i == 0 && random.nextBoolean()) run.interruptedAfter(1 + random.nextInt(6), random.nextBoolean());
                actual = run.process();
            }
            String difference = difference(expected, actual);
            if (!difference.isEmpty())
                differences.append(run).append(difference).append('\n');
        }
        assertEquals("", differences.toString());
        assertTrue(interrupted > RUNS / 2, interrupted + " were interrupted");
    }

    private static String difference(Map<String, String> expected, Map<String, String> actual) {
        StringBuilder text = new StringBuilder();
        Map<String, String> all = new TreeMap<>(expected);
        all.putAll(actual);
        for (String name : all.keySet()) {
            String one = String.valueOf(expected.get(name)), other = String.valueOf(actual.get(name));
            if (!one.equals(other))
                text.append("\n    ")
                        .append(name)
                        .append(": ")
                        .append(cut(one))
                        .append("\n        ")
                        .append(cut(other));
        }
        return text.toString();
    }

    private static String cut(String text) {
        return text.length() < 300 ? text : text.substring(0, 300) + "…";
    }
}
