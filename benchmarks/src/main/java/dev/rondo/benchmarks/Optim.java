package dev.rondo.benchmarks;

import dev.rondo.nn.Parameter;
import dev.rondo.optim.Optimizer;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rondo bench optim}: compares optimizer steps of many small parameters with libtorch's C++ optimizers. */
@Command(
        name = "optim",
        mixinStandardHelpOptions = true,
        description =
                "Compares steps of 100 parameters of 16×16 with libtorch's C++ classes, for AdamW and SGD with momentum.",
        showDefaultValues = true)
final class Optim extends Benchmark {
    @Mixin
    private RoundsOption rounds = new RoundsOption(15);

    private static final int PARAMETERS = 100;
    private static final long SIDE = 16;
    private static final double LR = 1e-3;

    @Option(names = "--steps", defaultValue = "200", description = "Steps per block. The median of a block counts.")
    private int steps;

    private final Rounds<String> times = new Rounds<>();
    private final Table table = new Table("optimizer", "µs a step", "min–max", "over libtorch", "min–max");

    @Override
    protected void measure() {
        Torch.setThreads(1);
        Torch.seed(1);
        try (PointerScope memory = new PointerScope()) {
            AdamWOptions adamW = new AdamWOptions(LR); // PyTorch's defaults
            compare("AdamW", Optimizers.adamW(), p -> new AdamW(p, adamW)::step);
            SGDOptions sgd = new SGDOptions(LR);
            sgd.momentum().put(0.9);
            compare("SGD with momentum", Optimizers.sgd(0.9, 0), p -> new SGD(p, sgd)::step);
        }
        print(table);
        key("rondo_over_libtorch_cpp", ratio("AdamW").median());
        key("sgd_rondo_over_libtorch_cpp", ratio("SGD with momentum").median());
    }

    /** Creates an optimizer of libtorch and returns its step. */
    private interface CppOptimizer {
        Runnable step(TensorVector parameters);
    }

    private void compare(String name, Optimizer.Factory factory, CppOptimizer cppOptimizer) {
        Tensor[] ours = parameters();
        Tensor[] theirs = new Tensor[PARAMETERS];
        for (int i = 0; i < PARAMETERS; i++) theirs[i] = withGradient(Handles.copy(ours[i]), ours[i].grad());
        Runnable theirStep = cppOptimizer.step(new TensorVector(theirs));
        try (Optimizer optimizer = factory.create(List.of(named(ours)), LR)) {
            time(optimizer::step); // warm-up
            time(theirStep);
            for (int round = 0; round < rounds.value(); round++) {
                times.begin();
                times.put(ours(name), time(optimizer::step));
                times.put(theirs(name), time(theirStep));
            }
        }
        check(name, ours, theirs);
        Stats ourUs = times.times(ours(name)).orElseThrow();
        Stats theirUs = times.times(theirs(name)).orElseThrow();
        table.row(
                ours(name),
                ourUs.median(),
                ourUs.spread(),
                ratio(name).median(),
                ratio(name).spread());
        table.row(theirs(name), theirUs.median(), theirUs.spread(), 1.0, "");
    }

    private static String ours(String name) {
        return name + ", rondo";
    }

    private static String theirs(String name) {
        return name + ", libtorch C++";
    }

    private Stats ratio(String name) {
        return times.ratio(ours(name), theirs(name)).orElseThrow();
    }

    private static Tensor[] parameters() {
        return IntStream.range(0, PARAMETERS)
                .mapToObj(i -> withGradient(torch.randn(SIDE, SIDE), torch.randn(SIDE, SIDE)))
                .toArray(Tensor[]::new);
    }

    private static Tensor withGradient(Tensor parameter, Tensor gradient) {
        parameter.set_requires_grad(true);
        parameter.mutable_grad().put(gradient);
        return parameter;
    }

    private static List<Parameter> named(Tensor[] tensors) {
        List<Parameter> named = new ArrayList<>();
        for (Tensor t : tensors) named.add(new Parameter("p" + named.size(), t, Parameter.Role.WEIGHT));
        return named;
    }

    /** Returns the median time of a step in one block, in µs. */
    private double time(Runnable step) {
        double[] us = new double[steps];
        for (int i = 0; i < steps; i++) {
            long start = System.nanoTime();
            try (PointerScope temporary = new PointerScope()) {
                step.run();
            }
            us[i] = (System.nanoTime() - start) / 1e3;
        }
        return Stats.of(us).median();
    }

    /** Checks that both optimizers have computed the same parameters. */
    private static void check(String name, Tensor[] ours, Tensor[] theirs) {
        try (NoGrad off = NoGrad.enter()) {
            for (int i = 0; i < PARAMETERS; i++) {
                if (!ours[i].allclose(theirs[i], 1e-3, 1e-4, false)) {
                    throw new IllegalStateException(name + ": the parameters of both optimizers differ.");
                }
            }
        }
    }
}
