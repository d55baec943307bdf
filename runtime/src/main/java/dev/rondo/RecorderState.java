package dev.rondo;

import dev.rondo.Recorder.History;
import dev.rondo.Recorder.OpenRow;
import dev.rondo.Recorder.Run;
import dev.rondo.metric.Metric;
import dev.rondo.optim.Hyper;
import dev.rondo.spi.StateReader;
import dev.rondo.torch.Handles;
import dev.rondo.torch.TensorText;
import java.nio.DoubleBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Saves and restores the records of a {@link Recorder} in the middle of a fit. */
final class RecorderState {
    private RecorderState() {}

    static Map<String, @Nullable Object> of(History history, Run run, List<Metric> metrics) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        try {
            state.put("rows", history.rows.stream().map(RecorderState::row).toList());
            state.put("last", history.last == null ? null : row(history.last));
            state.put("losses", losses(history.smooth));
            state.put("lrs", numbers(Arrays.copyOf(history.lrs, history.smooth.count())));
            Map<String, Object> hypers = new LinkedHashMap<>();
            state.put("hypers", hypers);
            history.hypers.forEach((hyper, values) -> hypers.put(hyper.key(), numbers(values)));
            state.put("open row", openRow(run.open));
            state.put("validation loss", run.validLoss.state());
            state.put("metrics lost", run.metricsLost);
            state.put("metrics", sums(metrics));
            return state;
        } catch (Throwable t) {
            StateReader.release(state);
            throw t;
        }
    }

    private static Map<String, Object> row(EpochRow row) {
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("epoch", row.epoch());
        saved.put("cells", row.cells());
        saved.put("nanoseconds", row.time().toNanos());
        return saved;
    }

    private static Map<String, Object> openRow(OpenRow open) {
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("cells", new LinkedHashMap<>(open.cells));
        saved.put("nanoseconds", System.nanoTime() - open.started);
        saved.put("training cancelled", open.trainCancelled);
        saved.put("validation cancelled", open.validCancelled);
        return saved;
    }

    private static Map<String, Object> losses(SmoothLoss smooth) {
        Map<String, Object> owned = new LinkedHashMap<>();
        try (PointerScope temporary = new PointerScope()) {
            smooth.saveState()
                    .forEach((name, value) -> owned.put(name, value instanceof Tensor t ? Handles.own(t) : value));
        }
        return owned;
    }

    private static Tensor numbers(double[] numbers) {
        try (PointerScope temporary = new PointerScope()) {
            TensorOptions options = new TensorOptions(torch.ScalarType.Double);
            Tensor saved = Handles.own(torch.empty(new long[] {numbers.length}, options, new MemoryFormatOptional()));
            if (numbers.length > 0) saved.<DoubleBuffer>createBuffer().put(numbers);
            return saved;
        }
    }

    private static Map<String, Object> sums(List<Metric> metrics) {
        Map<String, Object> sums = new LinkedHashMap<>();
        for (Metric metric : metrics) metric.state().ifPresent(state -> sums.put(metric.name(), state));
        return sums;
    }

    /** @throws IllegalArgumentException if it is no such state */
    static void restore(SavedMap saved, History history, Run run, List<Metric> metrics) {
        history.rows.clear();
        for (SavedMap row : saved.mapList("rows")) history.rows.add(row(row));
        history.last = saved.has("last") ? row(saved.map("last")) : null;
        history.smooth.loadState(saved.copies("losses"));
        double[] lrs = numbers(saved.tensor("lrs"));
        if (lrs.length != history.smooth.count()) {
            throw new IllegalArgumentException("The saved recorder has " + lrs.length + " learning rates for "
                    + history.smooth.count() + " losses.");
        }
        history.lrs = Arrays.copyOf(lrs, Math.max(64, lrs.length));
        history.hypers.clear();
        saved.tensors("hypers").forEach((key, values) -> history.hypers.put(hyper(key), numbers(values)));
        run.open = openRow(saved.map("open row"));
        run.validLoss.load(saved.tensors("validation loss"));
        run.metricsLost = saved.flag("metrics lost");
        SavedMap sums = saved.map("metrics");
        for (Metric metric : metrics) {
            if (sums.has(metric.name())) metric.load(sums.tensors(metric.name()));
            else run.metricsLost = true;
        }
    }

    private static EpochRow row(SavedMap saved) {
        return new EpochRow(
                saved.count("epoch"), saved.numbers("cells"), Duration.ofNanos(saved.number("nanoseconds")));
    }

    private static OpenRow openRow(SavedMap saved) {
        OpenRow open = new OpenRow();
        open.cells.putAll(saved.numbers("cells"));
        open.started = System.nanoTime() - saved.number("nanoseconds");
        open.trainCancelled = saved.flag("training cancelled");
        open.validCancelled = saved.flag("validation cancelled");
        return open;
    }

    private static Hyper hyper(String key) {
        return Arrays.stream(Hyper.values())
                .filter(hyper -> hyper.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The saved recorder has an unknown hyper-parameter '" + key + "'."));
    }

    private static double[] numbers(Tensor saved) {
        if (saved.dim() != 1 || saved.scalar_type().intern() != torch.ScalarType.Double) {
            throw new IllegalArgumentException(
                    "The saved recorder has a tensor " + TensorText.of(saved) + " instead of a list of numbers.");
        }
        double[] numbers = new double[(int) saved.numel()];
        if (numbers.length > 0) saved.<DoubleBuffer>createBuffer().get(numbers);
        return numbers;
    }
}
