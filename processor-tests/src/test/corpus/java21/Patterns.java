package java21;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import java.util.List;
import java.util.concurrent.Executors;
import org.bytedeco.pytorch.Tensor;

/** Patterns and threads of Java 21. */
class Patterns {
    sealed interface Part permits Input, Output {}

    record Input(Tensor x) implements Part {}

    record Output(Tensor pred, int n) implements Part {}

    private Tensor last;
    private long n;

    @On(Event.AFTER_PRED)
    void patterns(Learner learner) {
        Part part = n > 3 ? new Input(learner.x()) : new Output(learner.pred(), 3);
        switch (part) {
            case Input(Tensor x) -> last = x; // ! escaping-tensor
            case Output(var pred, int size) when size > 2 -> last = pred; // ! escaping-tensor
            case Output output -> last = output.pred(); // ! escaping-tensor
        }
        if (learner.batch() instanceof Batch(List<Tensor> xb, var yb)) last = xb.get(0); // ! escaping-tensor
        Object any = learner.pred();
        last = switch (any) { // ! escaping-tensor
            case Tensor t when t.item_double() > 3 -> t; // ! host-read
            default -> null;
        };
    }

    @On(Event.AFTER_EPOCH)
    void guards(Learner learner) {
        Object any = n;
        switch (any) {
            case Long size when learner.hasLoss() -> n = learner.loss().dim() + size;
            case Long size when !learner.hasLoss() -> n = learner.loss().dim() + size; // ! attribute-not-ready
            case Integer i when learner.pred().dim() > i -> n++; // ! attribute-not-ready
            default -> n = learner.pred().dim(); // ! attribute-not-ready
        }
    }

    @On(Event.AFTER_PRED)
    void joins(Tensor pred) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            executor.submit(() -> n = pred.dim());
        }
    }
}
