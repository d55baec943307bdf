package bodies.reached;

import dev.rondo.Learner;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What a handler does in lambdas and by method references. */
class ThroughFunctions {
    private final List<Tensor> all = new LinkedList<>();
    private final Map<String, Tensor> named = new HashMap<>();
    private final AtomicReference<Tensor> latest = new AtomicReference<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private Tensor[] row = new Tensor[3];
    private Optional<Tensor> best = Optional.empty();
    private double n;

    @On(Event.BEFORE_FIT)
    void now(Learner learner) {
        IntStream.range(0, 3).forEach(i -> n += learner.xb().size()); // ! attribute-not-ready
        Stream.of("a", "b").map(name -> name + learner.pred()).forEach(System.out::println); // ! attribute-not-ready
        named.computeIfAbsent("loss", name -> learner.loss()); // ! attribute-not-ready
        named.forEach((name, tensor) -> {
            if (n > 3) print(name, learner);
        });
    }

    private static void print(String name, Learner learner) {
        System.out.println(name + learner.batch()); // ! attribute-not-ready
    }

    @On(Event.AFTER_LOSS)
    void elements(Learner learner) {
        learner.xb().stream().map(x -> x.sum()).mapToDouble(Tensor::item_double).sum(); // ! host-read
        learner.xb().stream().filter(x -> x.equal(x)).count(); // ! host-read
        learner.xb().forEach(x -> all.add(x.detach())); // ! escaping-tensor
        learner.yb().stream().map(Tensor::detach).forEach(y -> latest.set(y)); // ! escaping-tensor
        Optional.of(learner.loss()).map(l -> l.mul(new Scalar(2))).ifPresent(l -> named.put("loss", l)); // ! escaping-tensor
        best = learner.xb().stream().reduce(Tensor::add); // ! escaping-tensor
        row = learner.xb().stream().map(Tensor::exp).toArray(Tensor[]::new); // ! escaping-tensor
        row = new Tensor[] {null, learner.pred()}; // ! escaping-tensor
        all.addAll(Arrays.asList(row[0], learner.pred())); // ! escaping-tensor
        learner.xb().forEach(this::store);
        learner.xb().forEach(all::add); // ! escaping-tensor
        Optional.of(learner.pred()).ifPresent(latest::set); // ! escaping-tensor
        Collections.addAll(all, learner.pred(), learner.x()); // ! escaping-tensor
        Arrays.fill(row, learner.loss()); // ! escaping-tensor
        Singleton.INSTANCE.last = learner.pred(); // ! escaping-tensor
    }

    private enum Singleton {
        INSTANCE;

        private Tensor last;
    }

    private void store(Tensor tensor) {
        all.add(0, tensor); // ! escaping-tensor
    }

    @On(Event.AFTER_LOSS)
    void changes(Learner learner) {
        learner.xb().forEach(x -> learner.setPred(x)); // ! undeclared-write
        Optional.of(learner.loss()).ifPresentOrElse(
                l -> learner.setLoss(l), // ! undeclared-write
                () -> learner.setLossGrad(null)); // ! undeclared-write
    }

    @On(Event.AFTER_LOSS)
    @Writes("lossGrad") // ! unused-write
    @HostRead("it says") // ! host-read
    void says(Learner learner) {
        learner.xb().stream().map(x -> x.dim()).forEach(dim -> System.out.println(dim));
    }

    @On(Event.BEFORE_BATCH)
    void later(Learner learner, Tensor x) {
        Tensor copy = x.clone();
        List<Tensor> parts = List.of(x, copy);
        learner.until(Scope.TRAIN, () -> { // (several)
            Tensor mean = torch.stack(new org.bytedeco.pytorch.TensorVector(copy)).mean(); // ! escaping-tensor
            parts.forEach(part -> part.sub_(mean)); // ! escaping-tensor
        });
        executor.submit(() -> print(parts.get(0))); // ! escaping-tensor
        Thread.ofNothing(() -> {});
    }

    private static final class Thread {
        static void ofNothing(Runnable runnable) {
            runnable.run();
        }
    }

    private static void print(Tensor tensor) {
        System.out.println(tensor.dim());
    }

    @On(Event.AFTER_STEP)
    void swallows(Learner learner) {
        learner.xb().forEach(x -> {
            try {
                if (x.dim() > 3) throw CancelFitException.INSTANCE;
            } catch (Exception e) { // ! swallowed-cancel
                n++;
            }
        });
    }

    @On(Event.AFTER_BACKWARD)
    void swallowsMore(int iter) {
        try {
            try {
                if (iter > 3) throw CancelFitException.INSTANCE;
            } finally {
                n++;
            }
        } catch (final Throwable all) { // ! swallowed-cancel
            all.printStackTrace();
        }
    }
}
