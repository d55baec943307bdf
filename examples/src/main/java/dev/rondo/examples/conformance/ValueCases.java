package dev.rondo.examples.conformance;

import dev.rondo.torch.Torch;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;

/** Plays numeric cases: inputs, from which an optimizer, a loss, a metric … computes numbers. Each kind of case has a class of its own. */
final class ValueCases {
    /** Plays the cases of one kind. */
    @FunctionalInterface
    interface Kind {
        /**
         * Computes the values of a case. Tensors belong to the native scope of the caller.
         *
         * @throws RuntimeException if the library refuses the case
         */
        List<Double> values(Fields description);
    }

    private static final Map<String, Kind> KINDS = Map.of(
            "optimizer", OptimizerCases::values,
            "schedule", ScheduleCases::values,
            "loss", LossCases::values,
            "metric", MetricCases::values,
            "rates", RateCases::values,
            "scaler", ScalerCases::values,
            "clip", ClipCases::values);

    private ValueCases() {}

    /**
     * Plays a case.
     *
     * @return the values as they are written to JSON; if the library refuses the case, one text that begins with {@code ERROR}
     * @throws IllegalArgumentException if there is no such kind
     */
    static List<Object> play(Fields description) {
        Kind kind = KINDS.get(kind(description));
        if (kind == null) {
            throw new IllegalArgumentException("There is no kind of case '" + description.text("kind") + "'.");
        }
        Torch.start();
        try (PointerScope memory = new PointerScope()) {
            return kind.values(description).stream().map(ValueCases::json).toList();
        } catch (RuntimeException refused) {
            return List.of("ERROR " + refused.getMessage());
        }
    }

    /** The kind without the plus of cases that came later. */
    private static String kind(Fields description) {
        String kind = String.valueOf(description.text("kind"));
        return kind.endsWith("+") ? kind.substring(0, kind.length() - 1) : kind;
    }

    /** NaN and infinities are texts, because JSON has no such numbers. */
    private static Object json(double value) {
        return Double.isFinite(value) ? (Object) value : Double.toString(value);
    }

    static IllegalArgumentException unknown(String kind, String name) {
        return new IllegalArgumentException("There is no " + kind + " '" + name + "'.");
    }
}
