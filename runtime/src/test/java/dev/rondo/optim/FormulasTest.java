package dev.rondo.optim;

import static dev.rondo.optim.Weights.gradient;
import static dev.rondo.optim.Weights.make;
import static dev.rondo.optim.Weights.values;
import static dev.rondo.optim.Weights.weight;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.nn.Parameter;
import dev.rondo.own.AdaBelief;
import dev.rondo.torch.InScope;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Compares each optimizer with a plain float64 implementation of its formula. Gradients are random, and hyper-parameters change at each
 * step.
 */
@ExtendWith(InScope.class)
class FormulasTest {
    private static final int SIZE = 5, STEPS = 40;
    private static final Set<Hyper> NEAR_ONE =
            EnumSet.of(Hyper.MOM, Hyper.SQR_MOM, Hyper.RHO, Hyper.ETA_MINUS, Hyper.ETA_PLUS, Hyper.CLIP_THRESHOLD);

    /** What the next step subtracts from the parameter; g is the gradient. */
    private interface Formula {
        double[] step(Plain x, double[] g);
    }

    /** A parameter, its averages, and the hyper-parameters of the step. */
    private static final class Plain {
        double[] p, before, m = new double[SIZE], v = new double[SIZE], slow;
        int n;
        final Map<Hyper, Double> hypers = new HashMap<>();

        double get(Hyper hyper) {
            return hypers.get(hyper);
        }

        void average(double[] g, boolean dampened) {
            double mom = get(Hyper.MOM);
            m = each(i -> mom * m[i] + (dampened ? 1 - mom : 1) * g[i]);
        }

        void averageSquares(double[] g) {
            double sqrMom = get(Hyper.SQR_MOM);
            v = each(i -> sqrMom * v[i] + (1 - sqrMom) * g[i] * g[i]);
        }

        double mHat(int i) {
            return m[i] / (1 - Math.pow(get(Hyper.MOM), n));
        }

        double vHat(int i) {
            return v[i] / (1 - Math.pow(get(Hyper.SQR_MOM), n));
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

    private static void assertMatches(Formula formula, OptimizerSpec spec) {
        assertMatches(formula, spec, .7, -1.2, 2, -.1, 1);
    }

    private static void assertMatches(Formula formula, OptimizerSpec spec, double... start) {
        for (boolean coupled : new boolean[] {false, true}) {
            Random random = new Random(5);
            Plain x = new Plain();
            x.p = start.clone();
            Parameter p = weight(start);
            try (Optimizer optimizer = make(coupled ? spec.withCoupledDecay() : spec.withDecoupledDecay(), .1, p)) {
                ParameterGroup group = optimizer.groups().get(0);
                Map<Hyper, Double> first = new HashMap<>();
                for (Hyper hyper : group.hypers()) first.put(hyper, group.get(hyper));
                for (x.n = 1; x.n <= STEPS; x.n++) {
                    first.forEach((hyper, value) -> {
                        double nearOne = 1 - (1 - value) * (.5 + random.nextDouble());
                        double other = value * (.5 + random.nextDouble());
                        group.set(hyper, NEAR_ONE.contains(hyper) && value != 0 ? nearOne : other);
                        x.hypers.put(hyper, group.get(hyper));
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
        double wd = x.get(Hyper.WD);
        double[] before = x.p, g = coupled ? each(i -> gradient[i] + wd * before[i]) : gradient;
        x.before = before;
        if (!coupled) x.p = each(i -> before[i] * (1 - x.get(Hyper.LR) * wd));
        double[] step = formula.step(x, g), p = x.p;
        x.p = each(i -> p[i] - step[i]);
    }

    private static double[] times(double lr, double[] direction) {
        return each(i -> lr * direction[i]);
    }

    @Test
    void sgd() {
        assertMatches((x, g) -> times(x.get(Hyper.LR), g), Optimizers.sgd().withWd(.1));
        assertMatches(FormulasTest::momentum, Optimizers.sgd(.9, .1));
    }

    private static double[] momentum(Plain x, double[] g) {
        x.average(g, false);
        return times(x.get(Hyper.LR), x.m);
    }

    @Test
    void nesterov() {
        assertMatches(
                (x, g) -> {
                    x.average(g, false);
                    return each(i -> x.get(Hyper.LR) * (g[i] + x.get(Hyper.MOM) * x.m[i]));
                },
                Optimizers.nesterov(.9).withWd(.1));
    }

    /** The gradient or its momentum is divided. PyTorch's RMSprop divides first and averages the quotient. */
    @Test
    void rmsProp() {
        for (double mom : new double[] {0, .9}) {
            assertMatches(
                    (x, g) -> {
                        x.average(g, false);
                        x.averageSquares(g);
                        double[] d = mom == 0 ? g : x.m;
                        return each(i -> x.get(Hyper.LR) * d[i] / (Math.sqrt(x.v[i]) + x.get(Hyper.EPS)));
                    },
                    Optimizers.rmsProp().withMom(mom).withEps(1e-3).withWd(.1));
        }
    }

    @Test
    void adam() {
        assertMatches(
                (x, g) -> {
                    x.average(g, true);
                    x.averageSquares(g);
                    return each(i -> x.get(Hyper.LR) * x.mHat(i) / (Math.sqrt(x.vHat(i)) + x.get(Hyper.EPS)));
                },
                Optimizers.adam().withEps(1e-3).withWd(.1));
    }

    /** With sqr_mom .99, steps are rectified from the sixth on. */
    @Test
    void rAdam() {
        for (double beta : new double[] {0, 3}) {
            assertMatches(
                    (x, g) -> {
                        x.average(g, true);
                        x.averageSquares(g);
                        double s = x.get(Hyper.SQR_MOM), most = 2 / (1 - s) - 1;
                        double r = most - 2 * x.n * Math.pow(s, x.n) / (1 - Math.pow(s, x.n));
                        if (r <= 5) return each(i -> x.get(Hyper.LR) * x.mHat(i));
                        double factor = Math.sqrt((r - 4) * (r - 2) * most / ((most - 4) * (most - 2) * r));
                        return each(i -> {
                            double divisor = Math.sqrt(x.vHat(i)) + x.get(Hyper.EPS), b = x.get(Hyper.BETA);
                            if (b != 0) divisor = Math.log1p(Math.exp(b * divisor)) / b;
                            return x.get(Hyper.LR) * factor * x.mHat(i) / divisor;
                        });
                    },
                    Optimizers.rAdam().with(Hyper.BETA, beta).withWd(.1));
        }
    }

    @Test
    void qhAdam() {
        assertMatches(
                (x, g) -> {
                    x.average(g, true);
                    x.averageSquares(g);
                    double n1 = x.get(Hyper.NU_1), n2 = x.get(Hyper.NU_2);
                    return each(i -> x.get(Hyper.LR)
                            * ((1 - n1) * g[i] + n1 * x.mHat(i))
                            / (Math.sqrt((1 - n2) * g[i] * g[i] + n2 * x.vHat(i)) + x.get(Hyper.EPS)));
                },
                Optimizers.qhAdam()
                        .withMom(.95)
                        .with(Hyper.NU_1, .6)
                        .with(Hyper.NU_2, .6)
                        .withWd(.1));
    }

    @Test
    void larcAndLars() {
        for (double mom : new double[] {0, .9}) {
            for (boolean clips : new boolean[] {true, false}) {
                OptimizerSpec spec = clips ? Optimizers.larc() : Optimizers.lars();
                assertMatches(
                        (x, g) -> {
                            x.average(g, false);
                            double lr = x.get(Hyper.LR), pNorm = norm(x.p);
                            double local = lr
                                    * x.get(Hyper.TRUST_COEFF)
                                    * pNorm
                                    / (norm(g) + pNorm * x.get(Hyper.WD) + x.get(Hyper.EPS));
                            return times(clips ? Math.min(lr, local) : local, mom == 0 ? g : x.m);
                        },
                        spec.withMom(mom).with(Hyper.TRUST_COEFF, .7).withWd(.1)); // clips in some steps
            }
        }
    }

    @Test
    void lamb() {
        Formula lamb = (x, g) -> {
            x.average(g, true);
            x.averageSquares(g);
            double[] s = each(i -> x.mHat(i) / (Math.sqrt(x.vHat(i)) + x.get(Hyper.EPS)));
            return times(x.get(Hyper.LR) * Math.min(norm(x.p) / norm(s), 10), s);
        };
        assertMatches(lamb, Optimizers.lamb().withWd(.1));
        assertMatches(lamb, Optimizers.lamb(), 50, -20, 30, 1, 1); // the trust ratio is clipped at 10
    }

    @Test
    void nAdam() {
        Map<Plain, Double> products = new HashMap<>();
        assertMatches(
                (x, g) -> {
                    x.average(g, true);
                    x.averageSquares(g);
                    double mu = nesterovMomentum(x, x.n), next = nesterovMomentum(x, x.n + 1);
                    double product = products.merge(x, mu, (a, b) -> a * b);
                    double ofG = (1 - mu) / (1 - product), ofM = next / (1 - product * next);
                    return each(i ->
                            x.get(Hyper.LR) * (ofG * g[i] + ofM * x.m[i]) / (Math.sqrt(x.vHat(i)) + x.get(Hyper.EPS)));
                },
                Optimizers.nAdam()
                        .with(Hyper.MOMENTUM_DECAY, .1)
                        .withSqrMom(.99)
                        .withEps(1e-3)
                        .withWd(.1));
    }

    private static double nesterovMomentum(Plain x, int n) {
        return x.get(Hyper.MOM) * (1 - .5 * Math.pow(.96, n * x.get(Hyper.MOMENTUM_DECAY)));
    }

    @Test
    void amsGrad() {
        Map<Plain, double[]> largest = new HashMap<>();
        assertMatches(
                (x, g) -> {
                    x.average(g, true);
                    x.averageSquares(g);
                    double[] most = largest.computeIfAbsent(x, any -> new double[SIZE]);
                    for (int i = 0; i < SIZE; i++) most[i] = Math.max(most[i], x.v[i]);
                    double correction = 1 - Math.pow(x.get(Hyper.SQR_MOM), x.n);
                    return each(
                            i -> x.get(Hyper.LR) * x.mHat(i) / (Math.sqrt(most[i] / correction) + x.get(Hyper.EPS)));
                },
                Optimizers.amsGrad().withSqrMom(.9).withEps(1e-3).withWd(.1));
    }

    @Test
    void lion() {
        assertMatches(
                (x, g) -> {
                    double mom = x.get(Hyper.MOM), kept = x.get(Hyper.SQR_MOM);
                    double[] last = x.m;
                    x.m = each(i -> kept * last[i] + (1 - kept) * g[i]);
                    return each(i -> x.get(Hyper.LR) * Math.signum(mom * last[i] + (1 - mom) * g[i]));
                },
                Optimizers.lion().withWd(.1));
    }

    @Test
    void adagrad() {
        assertMatches(
                (x, g) -> {
                    double[] sums = x.v;
                    x.v = each(i -> sums[i] + g[i] * g[i]);
                    double lr = x.get(Hyper.LR) / (1 + (x.n - 1) * x.get(Hyper.LR_DECAY));
                    return each(i -> lr * g[i] / (Math.sqrt(.2 + x.v[i]) + x.get(Hyper.EPS)));
                },
                Optimizers.adagrad(.2).with(Hyper.LR_DECAY, .1).withEps(1e-3).withWd(.1));
    }

    /** Of a vector; {@link MatricesTest} has matrices. The size of a step is by the parameter before weight decay. */
    @Test
    void adafactor() {
        assertMatches(
                (x, g) -> {
                    double weight = Math.pow(x.n, x.get(Hyper.BETA2_DECAY));
                    double[] squares = x.v;
                    x.v = each(i -> squares[i] + weight * (g[i] * g[i] - squares[i]));
                    double[] u = each(i -> g[i] / Math.sqrt(x.v[i]));
                    double clip = Math.max(1, norm(u) / Math.sqrt(SIZE) / x.get(Hyper.CLIP_THRESHOLD));
                    double alpha = Math.max(x.get(Hyper.EPS), norm(x.before) / Math.sqrt(SIZE))
                            * Math.min(x.get(Hyper.LR), 1 / Math.sqrt(x.n));
                    return times(alpha / clip, u);
                },
                Optimizers.adafactor()
                        .with(Hyper.CLIP_THRESHOLD, 1.05)
                        .withEps(.5)
                        .withWd(.1));
    }

    @Test
    void rprop() {
        assertMatches(
                (x, g) -> {
                    if (x.n == 1) x.v = each(i -> x.get(Hyper.LR));
                    double[] last = x.m, sizes = x.v;
                    x.v = each(i -> {
                        double sign = Math.signum(last[i] * g[i]);
                        double factor = sign > 0 ? x.get(Hyper.ETA_PLUS) : sign < 0 ? x.get(Hyper.ETA_MINUS) : 1;
                        return Math.min(x.get(Hyper.STEP_MAX), Math.max(x.get(Hyper.STEP_MIN), sizes[i] * factor));
                    });
                    x.m = each(i -> last[i] * g[i] < 0 ? 0 : g[i]);
                    return each(i -> x.v[i] * Math.signum(x.m[i]));
                },
                Optimizers.rprop()
                        .with(Hyper.STEP_MIN, .05)
                        .with(Hyper.STEP_MAX, .15)
                        .withWd(.1));
    }

    @Test
    void adadelta() {
        Map<Plain, double[]> steps = new HashMap<>();
        assertMatches(
                (x, g) -> {
                    double rho = x.get(Hyper.RHO), eps = x.get(Hyper.EPS);
                    double[] squares = x.v, last = steps.getOrDefault(x, new double[SIZE]);
                    x.v = each(i -> rho * squares[i] + (1 - rho) * g[i] * g[i]);
                    double[] d = each(i -> g[i] * Math.sqrt(last[i] + eps) / Math.sqrt(x.v[i] + eps));
                    steps.put(x, each(i -> rho * last[i] + (1 - rho) * d[i] * d[i]));
                    return times(x.get(Hyper.LR), d);
                },
                Optimizers.adadelta().withEps(.01).withWd(.1));
    }

    @Test
    void adamax() {
        assertMatches(
                (x, g) -> {
                    x.average(g, true);
                    double[] norms = x.v;
                    x.v = each(i -> Math.max(x.get(Hyper.SQR_MOM) * norms[i], Math.abs(g[i]) + x.get(Hyper.EPS)));
                    return each(i -> x.get(Hyper.LR) * x.mHat(i) / x.v[i]);
                },
                Optimizers.adamax().withSqrMom(.9).withEps(1e-3).withWd(.1));
    }

    @Test
    void anOptimizerOfOnesOwn() {
        assertMatches(
                (x, g) -> {
                    x.average(g, true);
                    double[] m = x.m;
                    x.averageSquares(each(i -> g[i] - m[i]));
                    return each(i -> x.get(Hyper.LR) * x.mHat(i) / (Math.sqrt(x.vHat(i)) + x.get(Hyper.EPS)));
                },
                AdaBelief.spec().withEps(1e-3).withWd(.1));
    }

    @Test
    void lookahead() {
        for (int k : new int[] {1, 3, 6}) {
            Plain[] last = new Plain[1];
            double[][] slow = new double[1][];
            assertMatches(
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

    /** The weights before the first step; this test has no weight decay. */
    private static double[] start(Plain x) {
        return x.p.clone();
    }

    /** A parameter whose norm is 0 has the learning rate itself. With fastai's Larc it would stay 0. */
    @Test
    void aParameterCanLeaveZero() {
        for (OptimizerSpec spec : new OptimizerSpec[] {Optimizers.larc(), Optimizers.lars(), Optimizers.lamb()}) {
            Parameter p = weight(0, 0), still = weight(1, 0);
            try (Optimizer optimizer = make(spec, .1, p, still)) {
                gradient(p, 1, 1);
                gradient(still, 0, 0);
                optimizer.step();
                assertArrayEquals(new float[] {-.1f, -.1f}, values(p), 1e-4f);
                assertArrayEquals(new float[] {1, 0}, values(still));
            }
        }
    }
}
