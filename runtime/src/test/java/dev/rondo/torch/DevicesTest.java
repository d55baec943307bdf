package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
    @Test
    void theCpuIsAlwaysAvailable() {
        Device cpu;
        try (PointerScope scope = new PointerScope()) {
            cpu = Devices.parse("cpu");
        }
        assertEquals("cpu", Devices.name(cpu));
        assertFalse(Devices.isCuda(cpu));
        Devices.synchronize(cpu);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CUDA", "cuda:", "cuda:x", "cuda:-1", "cuda 0", "cpu:0", "cuda:12345678901"})
    void otherTextIsRejected(String text) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Devices.parse(text));
        assertEquals(
                "'" + text + "' is not a device: write cpu, cuda or cuda:N, where N counts from 0.", e.getMessage());
    }

    @Test
    void cudaNeedsTheCudaBuild() {
        Torch.start();
        Assumptions.assumeFalse(Context.hasCUDART());
        Exception e = assertThrows(StartupException.class, () -> Devices.parse("cuda:1"));
        assertTrue(
                e.getMessage().startsWith("There is no cuda:1: the libtorch on the class path is a CPU build"),
                e.getMessage());
    }

    @Test
    void cudaNeedsADevice() {
        Exception e = assertThrows(StartupException.class, () -> Devices.check("cuda", 0, true, 0));
        assertTrue(e.getMessage().startsWith("There is no cuda: "), e.getMessage());
        assertTrue(e.getMessage().endsWith("see what nvidia-smi says, or use cpu."), e.getMessage());
    }

    @Test
    void devicesAreNumberedFromZero() {
        Devices.check("cuda:1", 1, true, 2);
        assertEquals(
                "There is no cuda:2: this machine has 2 CUDA devices, cuda:0 to cuda:1.",
                assertThrows(StartupException.class, () -> Devices.check("cuda:2", 2, true, 2))
                        .getMessage());
        assertEquals(
                "There is no cuda:1: this machine has 1 CUDA device, cuda:0.",
                assertThrows(StartupException.class, () -> Devices.check("cuda:1", 1, true, 1))
                        .getMessage());
    }

    @Test
    @Tag("gpu")
    void cudaIsCudaZero() {
        Device device = Devices.parse("cuda");
        assertEquals("cuda:0", Devices.name(device));
        assertTrue(Devices.isCuda(device));
        Devices.synchronize(device);
        assertThrows(StartupException.class, () -> Devices.parse("cuda:99"));
    }
}
