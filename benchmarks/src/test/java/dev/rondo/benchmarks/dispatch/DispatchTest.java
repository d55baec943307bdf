package dev.rondo.benchmarks.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.benchmarks.Bench;
import dev.rondo.event.CancelException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DispatchTest {
    /** The handlers of a batch add 1, 2, 3 and so on, in their order. The other handlers do not run. */
    @ParameterizedTest
    @EnumSource
    void aBatchCallsEachHandlerOnce(Design design) throws CancelException {
        for (int n : DispatchBenchmark.SIZES) {
            List<Counter> callbacks = Counter.first(n);
            design.loop(callbacks).batches(1);
            for (int k = 0; k < n; k++) assertEquals(4 * k + 3, callbacks.get(k).count());
        }
    }

    @Test
    void printsARatioForEachSize() {
        Map<String, Double> keys =
                Bench.keys("dispatch", "--in-process", "--rounds", "1", "--warmup-ms", "1", "--measure-ms", "1");
        assertEquals(
                List.of(
                        "plan_over_inlined.1",
                        "plan_over_inlined.5",
                        "plan_over_inlined.20",
                        "plan_over_inlined.polluted.1",
                        "plan_over_inlined.polluted.5",
                        "plan_over_inlined.polluted.20",
                        "table_over_interface.20",
                        "bytes_per_batch.table",
                        "bytes_per_batch.plan"),
                List.copyOf(keys.keySet()));
        assertTrue(keys.get("table_over_interface.20") > 0, keys::toString);
    }
}
