package bodies.escaping_tensor;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

class EscapingTensors {
    record Sample(Tensor x, int n) {}

    private final List<Tensor> all = new ArrayList<>();
    private final Map<Integer, List<Tensor>> byEpoch = new HashMap<>();
    private final Deque<Batch> batches = new ArrayDeque<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Tensor[] ring = new Tensor[10];
    private final Executor executor = Runnable::run;
    private Tensor last;
    private Tensor sum;
    private static Tensor shared;

    @On(Event.AFTER_PRED)
    void parameter(Tensor pred) {
        last = pred; // ! escaping-tensor
    }

    @On(Event.AFTER_LOSS)
    void attribute(Learner learner) {
        this.last = learner.loss(); // ! escaping-tensor
        shared = learner.pred().detach(); // ! escaping-tensor
    }

    @On(Event.AFTER_LOSS)
    void operators(Tensor loss) {
        if (sum == null) sum = torch.zeros(1); // ! escaping-tensor
        sum = sum.add(loss); // ! escaping-tensor
    }

    @On(Event.AFTER_LOSS)
    void locals(Learner learner) {
        var detached = learner.loss().detach();
        Tensor scaled = learner.training() ? detached.mul(new Scalar(2)) : detached;
        all.add(scaled); // ! escaping-tensor
    }

    @On(Event.AFTER_BATCH)
    void collections(Learner learner, int epoch, int iter) {
        byEpoch.computeIfAbsent(epoch, e -> new ArrayList<>()).add(learner.pred()); // ! escaping-tensor
        batches.push(learner.batch()); // ! escaping-tensor
        ring[iter % 10] = learner.loss(); // ! escaping-tensor
        all.addAll(learner.xb()); // ! escaping-tensor
        for (Tensor target : learner.yb()) all.add(target); // ! escaping-tensor
        samples.add(new Sample(learner.x(), iter)); // ! escaping-tensor
        List<Tensor> some = new ArrayList<>();
        some.add(learner.pred());
        all.addAll(some); // ! escaping-tensor
        all.addAll(learner.xb().stream().map(x -> x.detach()).toList()); // ! escaping-tensor
    }

    @On(Event.BEFORE_BATCH)
    void captured(Learner learner, Tensor x) {
        learner.until(Scope.EPOCH, () -> all.forEach(t -> t.add_(x))); // ! escaping-tensor
        executor.execute(() -> System.out.println(x.numel())); // ! escaping-tensor
        new Thread(x::close).start(); // ! escaping-tensor
        CompletableFuture.runAsync(() -> System.out.println(x)); // ! escaping-tensor
    }

    @On({Event.AFTER_LOSS, Event.AFTER_FIT})
    void helped(Learner learner) {
        if (!learner.hasLoss()) return;
        store(learner.loss());
    }

    private void store(Tensor tensor) {
        Tensor mean = meanOf(tensor);
        last = mean; // ! escaping-tensor
    }

    private static Tensor meanOf(Tensor tensor) {
        return tensor.mean();
    }
}
