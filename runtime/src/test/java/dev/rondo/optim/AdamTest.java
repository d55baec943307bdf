package dev.rondo.optim;

import static dev.rondo.optim.Weights.gradient;
import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.step;
import static dev.rondo.optim.Weights.values;
import static dev.rondo.optim.Weights.weight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.InScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class AdamTest {
    /** The formulas of the paper for one number in float64. */
    private static final class Reference {
        double p, m, v;
        int t;

        Reference(double p) {
            this.p = p;
        }

        void step(double g, double lr, double mom, double sqrMom, double eps, double wd) {
            t++;
            p *= 1 - lr * wd;
            m = mom * m + (1 - mom) * g;
            v = sqrMom * v + (1 - sqrMom) * g * g;
            p -= lr * (m / (1 - Math.pow(mom, t))) / (Math.sqrt(v / (1 - Math.pow(sqrMom, t))) + eps);
        }
    }

    private final Reference a = new Reference(1), b = new Reference(-2);
    private final Parameter p = weight(1, -2);

    @Test
    void matchesTheFormulas() {
        try (Optimizer adamW = make(Optimizers.adamW(.1), .1, p)) {
            for (int i = 1; i <= 10; i++) {
                double g = Math.sin(i), h = .01 * i - .05;
                step(adamW, p, g, h);
                a.step(g, .1, .9, .999, 1e-8, .1);
                b.step(h, .1, .9, .999, 1e-8, .1);
                assertNow();
            }
        }
    }

    @Test
    void hyperParametersMayChangeAtEveryStep() {
        try (Optimizer adamW = make(Optimizers.adamW(), 1, p)) {
            for (int i = 1; i <= 10; i++) {
                double lr = .01 * i, mom = .95 - .02 * i, sqrMom = .99 - .001 * i, eps = 1e-3 * i, wd = .05 * i;
                adamW.set(Hyper.LR, lr);
                adamW.set(Hyper.MOM, mom);
                adamW.set(Hyper.SQR_MOM, sqrMom);
                adamW.set(Hyper.EPS, eps);
                adamW.set(Hyper.WD, wd);
                step(adamW, p, .5, -.25 * i);
                a.step(.5, lr, mom, sqrMom, eps, wd);
                b.step(-.25 * i, lr, mom, sqrMom, eps, wd);
                assertNow();
            }
        }
    }

    @Test
    void aDroppedGradientCountsAsZero() {
        try (Optimizer adamW = make(Optimizers.adamW(), .1, p)) {
            for (double g : new double[] {1, 0, 0, 2}) {
                if (g != 0) gradient(p, g, -g);
                adamW.step();
                adamW.zeroGrad();
                a.step(g, .1, .9, .999, 1e-8, .01);
                b.step(-g, .1, .9, .999, 1e-8, .01);
                assertNow();
            }
        }
    }

    private void assertNow() {
        assertArrayEquals(new float[] {(float) a.p, (float) b.p}, values(p), 1e-5f);
    }

    /** The bias correction counts the steps of each parameter. A parameter that gets its first gradient late starts with a full step. */
    @Test
    void theStepsOfEachParameterAreCounted() {
        Parameter late = weight(5), later = weight(6);
        try (Optimizer adamW = make(Optimizers.adamW(0), .1, p, late, later)) {
            for (int i = 0; i < 3; i++) step(adamW, p, 1, 1);
            assertEquals(5, values(late)[0]); // never had a gradient: not updated
            Reference reference = new Reference(5), last = new Reference(6);
            for (int i = 0; i < 3; i++) {
                gradient(late, .3);
                if (i > 0) gradient(later, .7 * i);
                step(adamW, p, 1, 1);
                reference.step(.3, .1, .9, .999, 1e-8, 0);
                if (i > 0) last.step(.7 * i, .1, .9, .999, 1e-8, 0);
                assertEquals(reference.p, values(late)[0], 1e-5);
                assertEquals(last.p, values(later)[0], 1e-5);
            }
            for (int i = 0; i < 6; i++) a.step(1, .1, .9, .999, 1e-8, 0);
            assertEquals(a.p, values(p)[0], 1e-5);
        }
    }

    @Test
    void groupsHaveTheirOwnLearningRates() {
        Parameter q = weight(1, -2);
        try (Optimizer adamW = Optimizers.adamW(0).create(List.of(List.of(p), List.of(q)), .1)) {
            adamW.set(Hyper.LR, List.of(.1, .01));
            gradient(q, 1, 1);
            step(adamW, p, 1, 1);
        }
        assertArrayEquals(new float[] {.9f, -2.1f}, values(p), 1e-6f);
        assertArrayEquals(new float[] {.99f, -2.01f}, values(q), 1e-6f);
    }
}
