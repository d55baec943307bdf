package dev.rondo.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.benchmarks.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares programs that only print a result. */
class ComparisonTest {
    private final Peer reference = peer("rondo", "rondo", printing(100, 0.30));
    private final List<String> progress = new ArrayList<>();

    private static Peer peer(String name, String kind, String script) {
        return new Peer(name, kind, Program.of("sh", "-c", script));
    }

    private static String printing(double us, double loss) {
        return "echo epoch 1; echo '{\"peer\": \"p\", \"per_step_epoch_us\": " + us + ", \"train_loss_last_epoch\": "
                + loss + ", \"valid_accuracy\": 0.86, \"rss_mb\": 300}'";
    }

    private Comparison comparison(Peer... others) {
        List<Peer> peers = new ArrayList<>(List.of(reference));
        peers.addAll(List.of(others));
        Comparison comparison = new Comparison(peers, reference, progress::add);
        comparison.run(2, Duration.ofSeconds(20));
        return comparison;
    }

    @Test
    void ofSeveralVariantsTheFastestCounts() {
        Comparison c = comparison(
                peer("slow", "other", printing(400, 0.30)),
                peer("fast", "other", printing(200, 0.30)),
                peer("third", "third", printing(50, 0.30)));
        assertEquals(Set.of("other", "third"), c.kinds());
        assertEquals(0.5, c.ratio("other").orElseThrow().median(), 1e-12);
        assertEquals(2, c.ratio("third").orElseThrow().median(), 1e-12);
        assertEquals(List.of(), c.differences());
    }

    @Test
    void whatFailsIsReportedAndTheOthersGoOn() {
        Comparison c = comparison(
                peer("broken", "broken", "echo no module named torch >&2; exit 3"),
                peer("silent", "silent", "true"),
                peer("good", "good", printing(200, 0.30)));
        assertTrue(c.ratio("broken").isEmpty());
        assertTrue(c.ratio("silent").isEmpty());
        assertEquals(0.5, c.ratio("good").orElseThrow().median(), 1e-12);
        assertTrue(progress.stream().anyMatch(line -> line.contains("no module named torch")), progress::toString);
        assertTrue(c.table().toString().contains("failed"), c.table()::toString);
    }

    @Test
    void aPeerThatEndsElsewhereIsNamed() {
        Comparison c = comparison(peer("near", "near", printing(200, 0.31)), peer("far", "far", printing(50, 0.60)));
        assertEquals(1, c.differences().size());
        assertTrue(c.differences().get(0).contains("far"), c.differences()::toString);
    }

    @Test
    void whatTakesTooLongIsEnded() {
        Comparison c = new Comparison(List.of(reference, peer("stuck", "stuck", "sleep 60")), reference, progress::add);
        c.run(1, Duration.ofMillis(300));
        assertTrue(progress.stream().anyMatch(line -> line.contains("not ended")), progress::toString);
    }
}
