package dev.rondo.benchmarks.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Generates realistic callback classes: each has three to seven handlers with parameters, orders, cancels and writes, checkpointed state,
 * and some code. The choice of handlers differs between classes, but every run generates the same classes.
 */
final class Sources {
    private static final int CLASSES_PER_PACKAGE = 50;
    private static final String HEAD = """
            package %s;

            import dev.rondo.Learner;
            import dev.rondo.annotation.Callback;
            import dev.rondo.annotation.Checkpointed;
            import dev.rondo.annotation.HostRead;
            import dev.rondo.annotation.On;
            import dev.rondo.annotation.Read;
            import dev.rondo.annotation.Writes;
            import dev.rondo.data.Batch;
            import dev.rondo.event.CancelFitException;
            import dev.rondo.event.CancelStepException;
            import dev.rondo.event.Event;
            import dev.rondo.optim.Hyper;
            import dev.rondo.optim.Optimizer;
            import java.util.ArrayList;
            import java.util.Comparator;
            import java.util.List;
            import org.bytedeco.pytorch.Scalar;
            import org.bytedeco.pytorch.Tensor;

            /** Number %d of many. */
            @Callback(order = %d)
            public final class %4$s {
                private final double weight;
                private final List<Double> seen = new ArrayList<>();

                @Checkpointed
                double total;

                @Checkpointed
                long calls;

                public %4$s(double weight) {
                    if (!(weight > 0)) throw new IllegalArgumentException("A weight is above 0, not " + weight + ".");
                    this.weight = weight;
                }

            """;
    private static final String TAIL = """
                /** The mean of what was seen. */
                public double mean() {
                    double sum = 0;
                    for (double value : seen) sum += value;
                    return seen.isEmpty() ? Double.NaN : sum / seen.size();
                }

                private void note(double value) {
                    calls++;
                    total += value * weight;
                    if (seen.size() < 100) seen.add(value);
                }
            }
            """;
    /** Handlers that can be combined in one class. */
    private static final List<String> HANDLERS = List.of("""
                @On(Event.BEFORE_FIT)
                void start(Learner learner) {
                    total = 0;
                    calls = 0;
                    seen.clear();
                    if (learner.metrics().isEmpty()) note(learner.nEpoch());
                }
            """, """
                @On(value = Event.BEFORE_BATCH, order = %d)
                @Writes("batch")
                Batch change(Batch batch, double pctTrain) {
                    note(pctTrain);
                    return pctTrain < weight ? batch : Batch.of(batch.xb().get(0), batch.yb().get(0));
                }
            """, """
                @On(Event.AFTER_PRED)
                @Writes("pred")
                Tensor scale(Tensor pred) {
                    Tensor scaled = pred.mul(new Scalar(weight));
                    note(1);
                    return scaled;
                }
            """, """
                @On(Event.AFTER_LOSS)
                @Writes("lossGrad")
                Tensor penalize(Tensor lossGrad, @Read("pred") Tensor output, boolean training) {
                    if (!training) return lossGrad;
                    return lossGrad.add(output.pow(new Scalar(2)).mean().mul(new Scalar(weight)));
                }
            """, """
                @On(value = Event.AFTER_BACKWARD, order = %d)
                void decay(Optimizer optimizer, int trainIter) {
                    if (trainIter %% 10 != 0) return;
                    note(optimizer.groups().get(0).get(Hyper.LR));
                    optimizer.set(Hyper.LR, total / (1 + calls));
                }
            """, """
                @On(Event.BEFORE_STEP)
                void skipSome(int trainIter) throws CancelStepException {
                    if (trainIter %% 7 == 3) throw CancelStepException.INSTANCE;
                    note(trainIter);
                }
            """, """
                @On(Event.AFTER_BATCH)
                @HostRead("to decide whether to go on")
                void stop(int iter, int nIter, double smoothLoss) throws CancelFitException {
                    note(smoothLoss);
                    if (iter == nIter - 1 && smoothLoss > weight * mean()) throw CancelFitException.INSTANCE;
                }
            """, """
                @On({Event.AFTER_TRAIN, Event.AFTER_VALIDATE})
                void endOfPhase(int epoch, boolean training) {
                    if (training) note(epoch);
                }
            """, """
                @On(Event.AFTER_EPOCH)
                void endOfEpoch(Learner learner, int epoch, int nEpoch) throws CancelFitException {
                    note((double) epoch / nEpoch);
                    if (learner.pctTrain() > weight && seen.size() > 10) throw CancelFitException.INSTANCE;
                }
            """, """
                @On(value = Event.AFTER_FIT, order = %d)
                void report(int nEpoch) {
                    if (calls > nEpoch) seen.sort(Comparator.reverseOrder());
                }
            """);

    private Sources() {}

    /** Writes so many classes to a folder. */
    static void write(Path folder, int classes) throws IOException {
        for (int n = 0; n < classes; n++) {
            Random random = new Random(n);
            String packageName = "callbacks.p" + n / CLASSES_PER_PACKAGE, name = "Callback" + n;
            List<String> handlers = new ArrayList<>(HANDLERS);
            Collections.shuffle(handlers, random);
            StringBuilder source =
                    new StringBuilder(String.format(Locale.ROOT, HEAD, packageName, n, random.nextInt(100), name));
            for (String handler : handlers.subList(0, 3 + random.nextInt(5))) {
                source.append(String.format(Locale.ROOT, handler, random.nextInt(100)))
                        .append('\n');
            }
            Path file = folder.resolve(packageName.replace('.', '/')).resolve(name + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.append(TAIL));
        }
    }
}
