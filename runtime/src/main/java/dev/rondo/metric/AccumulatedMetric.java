package dev.rondo.metric;

import dev.rondo.check.Argument;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A function of all predictions and first targets of a phase. */
final class AccumulatedMetric extends RowsMetric {
    private final String name;
    private final ToDoubleBiFunction<Tensor, Tensor> of;

    AccumulatedMetric(String name, ToDoubleBiFunction<Tensor, Tensor> of) {
        this.name = Argument.name("A metric", name);
        this.of = Argument.given("of", of);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void accumulate(Tensor pred, List<Tensor> yb) {
        Tensor y = Targets.first(name, pred, yb);
        preds.add(pred);
        targets.add(y);
    }

    @Override
    void check(SavedState saved) {
        for (String name : rows().keySet())
            if (saved.tensor(name).dim() == 0) throw saved.wrong(name, "a tensor of rows");
    }

    @Override
    public OptionalDouble value() {
        if (preds.isEmpty()) return OptionalDouble.empty();
        try (PointerScope temporary = new PointerScope()) {
            return OptionalDouble.of(of.applyAsDouble(preds.all(), targets.all()));
        }
    }
}
