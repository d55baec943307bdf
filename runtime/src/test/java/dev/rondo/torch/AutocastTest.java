package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InScope.class)
class AutocastTest {
    private static final Device CPU = Devices.cpu();

    private final Tensor x = torch.randn(4, 16);
    private final Tensor weight = torch.randn(8, 16).set_requires_grad(true);

    private Tensor product() {
        return torch.linear(x, weight);
    }

    private ScalarType type() {
        return product().scalar_type().intern();
    }

    @ParameterizedTest
    @EnumSource(
            value = ScalarType.class,
            names = {"Half", "BFloat16"})
    void productsAndConvolutionsComputeIn16Bits(ScalarType type) {
        try (Autocast on = Autocast.enter(CPU, type)) {
            assertEquals(type, type());
            Tensor images = torch.randn(1, 2, 4, 4);
            Tensor convolved = torch.conv2d(
                    images,
                    torch.randn(3, 2, 3, 3),
                    new TensorOptional(),
                    new long[] {1, 1},
                    new long[] {0, 0},
                    new long[] {1, 1},
                    1);
            assertEquals(type, convolved.scalar_type().intern());
        }
        assertEquals(ScalarType.Float, type());
    }

    @Test
    void lossesAndGradientsOfWeightsStayFloats() {
        Tensor loss;
        try (Autocast on = Autocast.enter(CPU, ScalarType.BFloat16)) {
            loss = torch.cross_entropy_loss(product(), Tensors.longs(0, 1, 2, 3));
        }
        assertEquals(ScalarType.Float, loss.scalar_type().intern());
        loss.backward();
        assertEquals(ScalarType.Float, weight.mutable_grad().scalar_type().intern());
    }

    @Test
    void scopesNest() {
        try (Autocast outer = Autocast.enter(CPU, ScalarType.BFloat16)) {
            try (Autocast off = Autocast.off(CPU)) {
                assertFalse(Autocast.isOn(CPU));
                assertEquals(ScalarType.Float, type());
                try (Autocast inner = Autocast.enter(CPU, ScalarType.Half)) {
                    assertEquals(ScalarType.Half, type());
                }
                assertEquals(ScalarType.Float, type());
            }
            assertEquals(ScalarType.BFloat16, type());
        }
        assertFalse(Autocast.isOn(CPU));
        assertEquals(
                ScalarType.BFloat16,
                torch.get_autocast_dtype(torch.DeviceType.CPU).intern(),
                "as it was");
    }

    /** A weight is cast once in a scope, so that a change of it is not seen until the next scope. */
    @Test
    void castWeightsAreCachedUntilTheOutermostScopeIsClosed() {
        float before;
        try (Autocast outer = Autocast.enter(CPU, ScalarType.BFloat16)) {
            try (Autocast inner = Autocast.enter(CPU, ScalarType.BFloat16)) {
                before = product().sum().item_float();
                try (NoGrad off = NoGrad.enter()) {
                    weight.zero_();
                }
            }
            assertEquals(before, product().sum().item_float());
            assertNotEquals(0, before);
        }
        try (Autocast next = Autocast.enter(CPU, ScalarType.BFloat16)) {
            assertEquals(0, product().sum().item_float());
        }
    }

    @Test
    void closingAgainDoesNothing() {
        try (Autocast outer = Autocast.enter(CPU, ScalarType.BFloat16)) {
            Autocast inner = Autocast.enter(CPU, ScalarType.Half);
            inner.close();
            inner.close();
            assertEquals(ScalarType.BFloat16, type());
        }
        assertEquals(1, torch.increment_nesting());
        torch.decrement_nesting();
    }

    @Test
    void isThreadLocal() throws InterruptedException {
        AtomicReference<Throwable> elsewhere = new AtomicReference<>();
        try (Autocast on = Autocast.enter(CPU, ScalarType.BFloat16)) {
            boolean[] there = new boolean[1];
            Thread other = new Thread(() -> {
                there[0] = Autocast.isOn(CPU);
                elsewhere.set(assertThrows(IllegalStateException.class, on::close));
            });
            other.start();
            other.join();
            assertFalse(there[0]);
            assertTrue(Autocast.isOn(CPU));
        }
        assertEquals(
                "Close an Autocast scope on the thread that entered it, '"
                        + Thread.currentThread().getName() + "'.",
                elsewhere.get().getMessage());
        assertFalse(Autocast.isOn(CPU));
    }

    @Test
    void onlyThe16BitTypesAreAccepted() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Autocast.enter(CPU, ScalarType.Double));
        assertEquals("Autocast computes in Half or BFloat16, not in Double.", e.getMessage());
        assertFalse(Autocast.isOn(CPU));
    }

    @Test
    void aGpuThatWouldEmulateIsRejected() {
        Exception e = assertThrows(StartupException.class, () -> Autocast.checkBFloat16("cuda:1", false));
        assertEquals(
                "The GPU cuda:1 does not compute in bfloat16, which needs compute capability 8.0: use float16 or float32.",
                e.getMessage());
        Autocast.check(CPU, ScalarType.BFloat16);
        Autocast.check(CPU, ScalarType.Half);
    }

    @Test
    void holdsNoHandle() {
        long before = Pointer.totalCount();
        Autocast.check(CPU, ScalarType.BFloat16);
        Autocast.enter(CPU, ScalarType.BFloat16).close();
        assertEquals(before, Pointer.totalCount());
    }
}
