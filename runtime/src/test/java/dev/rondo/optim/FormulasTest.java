package dev.rondo.optim;

import static dev.rondo.optim.Weights.gradient;
import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.values;
import static dev.rondo.optim.Weights.weight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.InScope;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each optimizer against its formula, written down plainly in float64, with random gradients and hyper-parameters that change at each step. */
@ExtendWith(InScope.class)
class FormulasTest {
    private static final int SIZE = 5, STEPS = 40;

    /** What the next step takes from the parameter: g is the gradient. */
    private interface Formula {
        double[] step(Plain x, double[] g);
    }

    /** One parameter with its averages, and the hyper-parameters of the step. */
    private static final class Plain {
        double[] p, m = new double[SIZE], v = new double[SIZE], slow;
        int n;
        final Map<String, Double> hypers = new HashMap<>();

        double get(String hyper) {
            return hypers.get(hyper);
        }

        void average(double[] g, boolean dampened) {
            double mom = get("mom");
            m = each(i -> mom * m[i] + (dampened ? 1 - mom : 1) * g[i]);
        }

        void averageSquares(double[] g) {
            double sqrMom = get("sqr_mom");
            v = each(i -> sqrMom * v[i] + (1 - sqrMom) * g[i] * g[i]);
        }

        double mHat(int i) {
            return m[i] / (1 - Math.pow(get("mom"), n));
        }

        double vHat(int i) {
            return v[i] / (1 - Math.pow(get("sqr_mom"), n));
        }
    }

    private static double[] each(IntToDoubleFunction f) {
        return IntStream.range(0, SIZE).mapToDouble(f).toArray();
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double e : x) sum += e * e;
        return Math.sqrt(sum);
    }

    private static void assertFollows(Formula formula, OptimizerSpec recipe) {
        assertFollows(formula, recipe, .7, -1.2, 2, -.1, 1);
    }

    private static void assertFollows(Formula formula, OptimizerSpec recipe, double... start) {
        for (boolean coupled : new boolean[] {false, true}) {
            Random random = new Random(5);
            Plain x = new Plain();
            x.p = start.clone();
            Parameter p = weight(start);
            try (Optimizer optimizer = make(coupled ? recipe.coupledDecay() : recipe, .1, p)) {
                ParameterGroup group = optimizer.groups().get(0);
                Map<String, Double> first = new HashMap<>();
                for (String name : group.names()) first.put(name, group.get(name));
                for (x.n = 1; x.n <= STEPS; x.n++) {
                    first.forEach((name, value) -> {
                        double nearOne = 1 - (1 - value) * (.5 + random.nextDouble());
                        double other = value * (.5 + random.nextDouble());
                        group.set(name, name.equals("sqr_mom") || name.equals("mom") && value != 0 ? nearOne : other);
                        x.hypers.put(name, group.get(name));
                    });
                    double[] g = random.doubles(SIZE, -1, 1).toArray();
                    gradient(p, g);
                    optimizer.step();
                    optimizer.zeroGrad();
                    step(x, g, formula, coupled);
                    for (int i = 0; i < SIZE; i++) {
                        assertEquals(x.p[i], values(p)[i], 1e-4 * (1 + Math.abs(x.p[i])), "step " + x.n);
                    }
                }
            }
        }
    }

    private static void step(Plain x, double[] gradient, Formula formula, boolean coupled) {
        double wd = x.get("wd");
        double[] before = x.p, g = coupled ? each(i -> gradient[i] + wd * before[i]) : gradient;
        if (!coupled) x.p = each(i -> before[i] * (1 - x.get("lr") * wd));
        double[] step = formula.step(x, g), p = x.p;
        x.p = each(i -> p[i] - step[i]);
    }

    private static double[] times(double lr, double[] direction) {
        return each(i -> lr * direction[i]);
    }

    @Test
    void sgd() {
        assertFollows((x, g) -> times(x.get("lr"), g), Optimizers.sgd().wd(.1));
        assertFollows(FormulasTest::momentum, Optimizers.sgd(.9, .1));
    }

    private static double[] momentum(Plain x, double[] g) {
        x.average(g, false);
        return times(x.get("lr"), x.m);
    }

    @Test
    void nesterov() {
        assertFollows(
                (x, g) -> {
                    x.average(g, false);
                    return each(i -> x.get("lr") * (g[i] + x.get("mom") * x.m[i]));
                },
                Optimizers.nesterov(.9).wd(.1));
    }

    /** The gradient, or its momentum, is divided: PyTorch's RMSprop has the quotient in its buffer. */
    @Test
    void rmsProp() {
        for (double mom : new double[] {0, .9}) {
            assertFollows(
                    (x, g) -> {
                        x.average(g, false);
                        x.averageSquares(g);
                        double[] d = mom == 0 ? g : x.m;
                        return each(i -> x.get("lr") * d[i] / (Math.sqrt(x.v[i]) + x.get("eps")));
                    },
                    Optimizers.rmsProp().mom(mom).eps(1e-3).wd(.1));
        }
    }

    @Test
    void adam() {
        assertFollows(
                (x, g) -> {
                    x.average(g, true);
                    x.averageSquares(g);
                    return each(i -> x.get("lr") * x.mHat(i) / (Math.sqrt(x.vHat(i)) + x.get("eps")));
                },
                Optimizers.adam().eps(1e-3).wd(.1));
    }

    /** With a sqr_mom of .99 the squares count from the sixth step on. */
    @Test
    void rAdam() {
        for (double beta : new double[] {0, 3}) {
            assertFollows(
                    (x, g) -> {
                        x.average(g, true);
                        x.averageSquares(g);
                        double s = x.get("sqr_mom"), most = 2 / (1 - s) - 1;
                        double r = most - 2 * x.n * Math.pow(s, x.n) / (1 - Math.pow(s, x.n));
                        if (r <= 5) return each(i -> x.get("lr") * x.mHat(i));
                        double factor = Math.sqrt((r - 4) * (r - 2) * most / ((most - 4) * (most - 2) * r));
                        return each(i -> {
                            double divisor = Math.sqrt(x.vHat(i)) + x.get("eps"), b = x.get("beta");
                            if (b != 0) divisor = Math.log1p(Math.exp(b * divisor)) / b;
                            return x.get("lr") * factor * x.mHat(i) / divisor;
                        });
                    },
                    Optimizers.rAdam().with("beta", beta).wd(.1));
        }
    }

    @Test
    void qhAdam() {
        assertFollows(
                (x, g) -> {
                    x.average(g, true);
                    x.averageSquares(g);
                    double n1 = x.get("nu_1"), n2 = x.get("nu_2");
                    return each(i -> x.get("lr")
                            * ((1 - n1) * g[i] + n1 * x.mHat(i))
                            / (Math.sqrt((1 - n2) * g[i] * g[i] + n2 * x.vHat(i)) + x.get("eps")));
                },
                Optimizers.qhAdam().mom(.95).with("nu_1", .6).with("nu_2", .6).wd(.1));
    }

    @Test
    void larcAndLars() {
        for (double mom : new double[] {0, .9}) {
            for (boolean clips : new boolean[] {true, false}) {
                OptimizerSpec recipe = clips ? Optimizers.larc() : Optimizers.lars();
                assertFollows(
                        (x, g) -> {
                            x.average(g, false);
                            double lr = x.get("lr"), pNorm = norm(x.p);
                            double local =
                                    lr * x.get("trust_coeff") * pNorm / (norm(g) + pNorm * x.get("wd") + x.get("eps"));
                            return times(clips ? Math.min(lr, local) : local, mom == 0 ? g : x.m);
                        },
                        recipe.mom(mom).with("trust_coeff", .7).wd(.1)); // clips now and then
            }
        }
    }

    @Test
    void lamb() {
        Formula lamb = (x, g) -> {
            x.average(g, true);
            x.averageSquares(g);
            double[] s = each(i -> x.mHat(i) / (Math.sqrt(x.vHat(i)) + x.get("eps")));
            return times(x.get("lr") * Math.min(norm(x.p) / norm(s), 10), s);
        };
        assertFollows(lamb, Optimizers.lamb().wd(.1));
        assertFollows(lamb, Optimizers.lamb(), 50, -20, 30, 1, 1); // longer than 10 steps
    }

    @Test
    void lookahead() {
        for (int k : new int[] {1, 3, 6}) {
            Plain[] last = new Plain[1];
            double[][] slow = new double[1][];
            assertFollows(
                    (x, g) -> {
                        if (last[0] != x) slow[0] = start(x);
                        last[0] = x;
                        double[] step = momentum(x, g), p = x.p, s = slow[0];
                        if (x.n % k != 0) return step;
                        slow[0] = each(i -> s[i] + .8 * (p[i] - step[i] - s[i]));
                        return each(i -> p[i] - slow[0][i]);
                    },
                    Optimizers.lookahead(Optimizers.sgd(.9, 0), k, .8));
        }
    }

    /** Before any decay, which this test is without. */
    private static double[] start(Plain x) {
        return x.p.clone();
    }

    /** A parameter whose norm is 0 takes the plain rate; times 0 it would stay 0 for ever, as fastai's Larc lets it. */
    @Test
    void aParameterCanLeaveZero() {
        for (OptimizerSpec recipe : new OptimizerSpec[] {Optimizers.larc(), Optimizers.lars(), Optimizers.lamb()}) {
            Parameter p = weight(0, 0), still = weight(1, 0);
            try (Optimizer optimizer = make(recipe, .1, p, still)) {
                gradient(p, 1, 1);
                gradient(still, 0, 0);
                optimizer.step();
                assertArrayEquals(new float[] {-.1f, -.1f}, values(p), 1e-4f);
                assertArrayEquals(new float[] {1, 0}, values(still));
            }
        }
    }
}
