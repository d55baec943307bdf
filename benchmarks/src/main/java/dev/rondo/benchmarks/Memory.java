package dev.rondo.benchmarks;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.Event;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Linear;
import dev.rondo.optim.Optimizers;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rondo bench memory}: what a long training leaves behind. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description = "Live native handles and memory after a tenth of a long training and at its end.",
        showDefaultValues = true)
final class Memory extends Benchmark {
    private static final int STEPS_AN_EPOCH = 1000;

    @Option(names = "--steps", defaultValue = "100000", description = "Training steps, by thousands.")
    private int steps;

    @Override
    protected void measure() throws IOException {
        int epochs = Math.max(20, steps / STEPS_AN_EPOCH);
        List<String> fixedHeap = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
        String[] found = Program.java(Run.class, fixedHeap, Integer.toString(epochs))
                .lastLine(Duration.ofHours(6))
                .split(" ");
        double[] values = new double[found.length];
        for (int i = 0; i < values.length; i++) values[i] = Double.parseDouble(found[i]);
        double growth = 100 * (values[3] - values[1]) / values[1];
        Table table = new Table("after", "live handles", "RSS, MiB");
        table.row("a tenth", values[0], values[1]);
        table.row(epochs * STEPS_AN_EPOCH + " steps", values[2], values[3]);
        print(table);
        key("handles_after_warmup", values[0]);
        key("handles_at_end", values[2]);
        key("rss_growth_percent", growth);
    }

    /** The training, in a JVM of its own with a heap that does not grow. Prints handles and RSS, twice. */
    static final class Run {
        private Run() {}

        public static void main(String[] args) {
            int epochs = Integer.parseInt(args[0]);
            Torch.start();
            Tensor x = torch.randn(8L * STEPS_AN_EPOCH, 4), y = torch.randn(8L * STEPS_AN_EPOCH, 1);
            TensorLoader train =
                    TensorLoader.of(x, y).batch(8).shuffle(1).prefetch(0).build();
            TensorLoader valid = TensorLoader.of(x.narrow(0, 0, 8), y.narrow(0, 0, 8))
                    .batch(8)
                    .prefetch(0)
                    .build();
            StringBuilder found = new StringBuilder();
            try (Linear model = new Linear(4, 1);
                    Learner learner = Learner.builder(new DataLoaders(train, valid), model, Losses.mse())
                            .optimizer(Optimizers.adamW())
                            .progress(false)
                            .build()) {
                learner.add(Callbacks.on(Event.AFTER_EPOCH, 100, l -> {
                    if (l.epoch() != epochs / 10 && l.epoch() != epochs - 1) return;
                    System.gc();
                    found.append(Pointer.totalCount())
                            .append(' ')
                            .append(Rss.mebibytes())
                            .append(' ');
                }));
                learner.fit(epochs, 1e-4);
            }
            System.out.println(found.toString().strip());
        }
    }
}
