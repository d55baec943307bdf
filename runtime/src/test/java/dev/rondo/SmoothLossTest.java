package dev.rondo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class SmoothLossTest {
    private SmoothLoss smooth = new SmoothLoss(.98);

    @AfterEach
    void close() {
        smooth.close();
    }

    private void add(double... losses) {
        for (double loss : losses) smooth.add(Tensors.floats(loss).sum());
    }

    @Test
    void isTheBiasCorrectedAverageOfFastai() {
        add(17, 65, 145);
        assertArrayEquals(new double[] {17, 41.2424, 76.5293}, smooth.values(), 1e-3);
        assertEquals(3, smooth.count());
        smooth = new SmoothLoss(.9);
        add(17, 65, 145);
        assertArrayEquals(new double[] {17, 42.2632, 80.1735}, smooth.values(), 1e-4);
    }

    /** Trackers compare these values, so two values are equal here if they are equal in fastai. */
    @Test
    void equalsThatOfFastaiToTheLastBit() {
        Tensor value = torch.zeros(new long[0]);
        double[] losses = random(100);
        for (int i = 0; i < losses.length; i++) {
            add(losses[i]);
            value = torch.lerp(Tensors.floats(losses[i]).sum(), value, new Scalar(.98));
            Tensor corrected = value.div(new Scalar(1 - Math.pow(.98, i + 1)));
            assertEquals(corrected.item_float(), smooth.value(), "loss " + i);
        }
    }

    @Test
    void readingAfterEachLossChangesNothing() {
        double[] losses = random(100);
        double[] expected = reference(losses);
        for (int i = 0; i < losses.length; i++) {
            add(losses[i]);
            assertEquals(expected[i], smooth.value(), 1e-5);
        }
        assertArrayEquals(expected, smooth.values(), 1e-5);
    }

    @Test
    void takesMoreLossesThanItsBufferHolds() {
        double[] losses = random(5000);
        for (int i = 0; i < losses.length; i++) {
            try (PointerScope batch = new PointerScope()) {
                add(losses[i]);
                if (i == 3000) smooth.value(); // in the middle of a buffer
            }
        }
        assertEquals(5000, smooth.count());
        assertArrayEquals(reference(losses), smooth.values(), 1e-4);
    }

    private static double[] random(int n) {
        return new Random(1).doubles(n, 0, 3).toArray();
    }

    private static double[] reference(double... losses) {
        double[] smooth = new double[losses.length];
        double value = 0, weight = 1;
        for (int i = 0; i < losses.length; i++) {
            value = .98 * value + .02 * losses[i];
            weight *= .98;
            smooth[i] = value / (1 - weight);
        }
        return smooth;
    }

    @Test
    void infinityAndNanStay() {
        add(1, Double.POSITIVE_INFINITY);
        assertEquals(Double.POSITIVE_INFINITY, smooth.value());
        add(Double.NaN, 1);
        double[] values = smooth.values();
        assertEquals(1, values[0], 1e-5);
        assertTrue(Double.isNaN(values[2]) && Double.isNaN(values[3]), Arrays.toString(values));
    }

    @Test
    void beforeTheFirstLossThereIsNone() {
        assertTrue(Double.isNaN(smooth.value()));
        assertEquals(0, smooth.values().length);
    }

    @Test
    void resetStartsFresh() {
        add(100, 200);
        smooth.value();
        add(300);
        smooth.reset();
        assertTrue(Double.isNaN(smooth.value()));
        add(17, 65);
        assertArrayEquals(new double[] {17, 41.2424}, smooth.values(), 1e-3);
    }

    @Test
    void takesLossesOfAnyTypeAndShape() {
        smooth.add(Tensors.floats(1, 3).set_requires_grad(true)); // a loss per sample
        smooth.add(torch.ones(1).sum().mul(Tensors.floats(2).sum()).to(ScalarType.Double));
        smooth.add(Tensors.floats(2).sum().to(ScalarType.BFloat16));
        assertArrayEquals(new double[] {2, 2, 2}, smooth.values(), 1e-5);
    }

    /** Wherever it was interrupted, also while averages were not read. */
    @Test
    void goesOnFromASavedState() {
        double[] losses = random(200);
        SmoothLoss whole = new SmoothLoss(.98);
        for (double loss : losses) whole.add(Tensors.floats(loss).sum());
        for (int saved : new int[] {0, 1, 77, 200}) {
            smooth.reset();
            add(Arrays.copyOf(losses, saved));
            if (saved == 77) smooth.value();
            SmoothLoss after = new SmoothLoss(.98);
            after.add(Tensors.floats(9).sum());
            after.value();
            after.loadState(smooth.saveState());
            for (int i = saved; i < 200; i++)
                after.add(Tensors.floats(losses[i]).sum());
            assertArrayEquals(whole.values(), after.values());
            assertEquals(whole.value(), after.value());
        }
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> smooth.loadState(Map.of("rows", torch.ones(3, 2))));
        assertEquals("The rows of this series have the length 1, those that were saved 2.", e.getMessage());
    }

    @Test
    void holdsNoHandleOfLossesOnTheCpu() throws InterruptedException {
        long before = Tensors.handles();
        for (int i = 0; i < 3000; i++) {
            try (PointerScope batch = new PointerScope()) {
                add(i);
                if (i % 100 == 0) smooth.value();
            }
            if (i % 1000 == 0) assertEquals(before, Pointer.totalCount());
        }
        smooth.close();
        assertEquals(before, Pointer.totalCount());
    }
}
