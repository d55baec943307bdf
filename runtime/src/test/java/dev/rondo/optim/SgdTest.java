package dev.rondo.optim;

import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.step;
import static dev.rondo.optim.Weights.values;
import static dev.rondo.optim.Weights.weight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.InScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class SgdTest {
    private final Parameter p = weight(1, -2);

    private void assertNow(double... expected) {
        assertArrayEquals(new float[] {(float) expected[0], (float) expected[1]}, values(p), 2e-6f);
    }

    /** With momentum 0 the step is the gradient, and the buffer becomes the gradient. */
    @Test
    void momentumMayBeScheduledToZeroAndBack() {
        double[] expected = {1, -2}, buffer = {0, 0};
        try (Optimizer sgd = make(Optimizers.sgd(.9, 0), .1, p)) {
            for (double mom : new double[] {.9, .9, 0, 0, .5, .9}) {
                sgd.set(Hyper.MOM, mom);
                step(sgd, p, .5, -.25);
                for (int j = 0; j < 2; j++) {
                    buffer[j] = mom * buffer[j] + (j == 0 ? .5 : -.25);
                    expected[j] -= .1 * buffer[j];
                }
                assertNow(expected);
            }
        }
    }

    @Test
    void unfusedMomentumIsFastaisToTheLastBit() {
        float[] expected = {1, -2}, buffer = {0, 0};
        try (Optimizer sgd = make(Optimizers.unfusedSgd(.9, 0), 1, p)) {
            for (int i = 1; i <= 20; i++) {
                float[] g = {.3f / i, -.7f / i};
                step(sgd, p, g[0], g[1]);
                for (int j = 0; j < 2; j++) {
                    float product = .9f * buffer[j];
                    buffer[j] = product + g[j];
                    expected[j] -= buffer[j];
                }
                assertArrayEquals(expected, values(p), "step " + i);
            }
        }
    }

    @Test
    void aDroppedGradientCountsAsZero() {
        try (Optimizer sgd = make(Optimizers.sgd(.5, .1), .1, p)) {
            step(sgd, p, 1, 1);
            assertNow(.99 - .1, -1.98 - .1);
            sgd.step(); // buffer .5
            assertNow(.99 * .89 - .05, -.99 * 2.08 - .05);
        }
    }
}
