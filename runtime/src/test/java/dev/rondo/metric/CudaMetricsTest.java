package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.Devices;
import dev.rondo.torch.InScope;
import java.util.List;
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

    private static Tensor on(Device device, Tensor t) {
        return t.to(device, t.scalar_type());
    }
}
