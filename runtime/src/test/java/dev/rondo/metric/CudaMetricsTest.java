package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.Devices;
import dev.rondo.torch.InScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("gpu")
@ExtendWith(InScope.class)
class CudaMetricsTest {
    @Test
    void haveTheSameValuesAsOnTheCpu() {
        Device cuda = Devices.parse("cuda");
        EveryMetricTest.all().forEach(c -> {
            c.metric().accumulate(c.pred(), List.of(c.y()));
            double expected = c.metric().value().getAsDouble();
            c.metric().reset();
            c.metric().accumulate(on(cuda, c.pred()), List.of(on(cuda, c.y())));
            assertEquals(expected, c.metric().value().getAsDouble(), 1e-6, c::toString);
            c.metric().close();
        });
    }

    /** A file has the state on the CPU. Where it is loaded decides only where a value without another batch is computed. */
    @Test
    void goOnFromAStateOnEitherDevice() {
        Device cuda = Devices.parse("cuda");
        List<EveryMetricTest.Case> saved = EveryMetricTest.all().toList();
        for (Device device : List.of(Devices.cpu(), cuda)) {
            List<EveryMetricTest.Case> loaded = EveryMetricTest.all().toList();
            for (int i = 0; i < saved.size(); i++) {
                EveryMetricTest.Case c = saved.get(i);
                Tensor pred = on(cuda, c.pred()), y = on(cuda, c.y());
                c.metric().reset();
                c.metric().accumulate(pred, List.of(y));
                Map<String, Tensor> state = new HashMap<>(c.metric().state().orElseThrow());
                state.replaceAll((name, tensor) -> on(device, tensor));
                loaded.get(i).metric().load(state);
                for (Metric metric : List.of(c.metric(), loaded.get(i).metric())) metric.accumulate(pred, List.of(y));
                assertEquals(c.metric().value(), loaded.get(i).metric().value(), c::toString);
                loaded.get(i).metric().close();
                c.metric().close();
            }
        }
    }

    private static Tensor on(Device device, Tensor t) {
        return t.to(device, t.scalar_type());
    }
}
