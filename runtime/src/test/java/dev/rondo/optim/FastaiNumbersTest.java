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

/** The expected values are those of fastai 2.8's optimizers for p = [1, −2], gradients [.5, −.25]·i for i = 1, 2, 3 and lr .1. */
@ExtendWith(InScope.class)
class FastaiNumbersTest {
    private static void assertSteps(OptimizerSpec spec, double... expected) {
        Parameter p = weight(1, -2);
        try (Optimizer optimizer = make(spec, .1, p)) {
            for (int i = 0; i < 3; i++) {
                step(optimizer, p, .5 * (i + 1), -.25 * (i + 1));
                assertArrayEquals(new float[] {(float) expected[2 * i], (float) expected[2 * i + 1]}, values(p), 2e-6f);
            }
        }
    }

    @Test
    void sgd() {
        assertSteps(Optimizers.sgd(), .95, -1.975, .85, -1.925, .7, -1.85);
        assertSteps(Optimizers.sgd().withMom(.9), .95, -1.975, .805, -1.9025, .5245, -1.76225);
        assertSteps(Optimizers.sgd().withWd(.1), .94, -1.955, .8306, -1.88545, .672294, -1.791596);
    }

    @Test
    void unfusedSgd() {
        assertSteps(Optimizers.unfusedSgd(0, 0), .95, -1.975, .85, -1.925, .7, -1.85);
        assertSteps(Optimizers.unfusedSgd(0, 0).withMom(.9), .95, -1.975, .805, -1.9025, .5245, -1.76225);
        assertSteps(Optimizers.unfusedSgd(0, 0).withWd(.1), .94, -1.955, .8306, -1.88545, .672294, -1.791596);
    }

    @Test
    void rmsProp() {
        assertSteps(Optimizers.rmsProp(), 0, -1, -.895323, -.104678, -1.698827, .698827);
    }

    @Test
    void adam() {
        assertSteps(Optimizers.adam(), .899002, -1.898004, .801717, -1.799721, .705363, -1.70237);
        assertSteps(Optimizers.adam().withWd(0), .900002, -1.900004, .803616, -1.803619, .708063, -1.708067);
    }

    @Test
    void unfusedAdam() {
        assertSteps(Optimizers.unfusedAdam(), .899002, -1.898004, .801717, -1.799721, .705363, -1.70237);
        assertSteps(Optimizers.unfusedAdam().withWd(0), .900002, -1.900004, .803616, -1.803619, .708063, -1.708067);
    }

    @Test
    void rAdam() {
        assertSteps(Optimizers.rAdam(), .95, -1.975, .873684, -1.936842, .770179, -1.885089);
    }

    @Test
    void qhAdam() {
        assertSteps(Optimizers.qhAdam(), .9, -1.9, .795649, -1.795649, .689189, -1.689189);
    }

    @Test
    void larc() {
        assertSteps(Optimizers.larc(), .996, -1.998, .990209, -1.995105, .982759, -1.991379);
    }

    @Test
    void lamb() {
        assertSteps(Optimizers.lamb(), .841885, -1.841888, .698682, -1.698687, .568803, -1.568809);
    }

    @Test
    void ranger() {
        assertSteps(Optimizers.ranger(), .949, -1.973, .87241, -1.933207, .769829, -1.880419);
    }
}
