package dev.rondo.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Base of the metrics that keep rows of the predictions and the targets of all batches of a phase. */
abstract class RowsMetric implements Metric {
    final Rows preds = new Rows();
    final Rows targets = new Rows();

    /** What is kept, by name. Either all have rows or none. */
    Map<String, Rows> rows() {
        Map<String, Rows> rows = new LinkedHashMap<>();
        rows.put("preds", preds);
        rows.put("targets", targets);
        return rows;
    }

    /** Checks the shapes and the types of a state that is not empty. */
    abstract void check(SavedState saved);

    @Override
    public final void reset() {
        rows().values().forEach(Rows::reset);
    }

    @Override
    public final Optional<Map<String, Tensor>> state() {
        if (!preds.isUsed()) return Optional.of(Map.of());
        try (PointerScope temporary = new PointerScope()) {
            Map<String, Tensor> all = new LinkedHashMap<>();
            rows().forEach((name, rows) -> all.put(name, rows.all()));
            return Optional.of(SavedState.copies(all));
        }
    }

    @Override
    public final void load(Map<String, Tensor> state) {
        SavedState saved = new SavedState(name(), state, List.copyOf(rows().keySet()));
        if (saved.isEmpty()) {
            reset();
            return;
        }
        check(saved);
        try (PointerScope temporary = new PointerScope()) {
            Map<String, Tensor> copies = new LinkedHashMap<>();
            rows().keySet().forEach(name -> copies.put(name, SavedState.copy(saved.tensor(name))));
            rows().forEach((name, rows) -> rows.set(copies.get(name))); // after all calls that can fail
        }
    }

    @Override
    public final void close() {
        reset();
    }

    @Override
    public final String toString() {
        return MetricText.of(this);
    }
}
