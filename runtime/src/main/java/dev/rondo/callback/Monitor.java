package dev.rondo.callback;

import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.Recorder;
import dev.rondo.check.Argument;
import dev.rondo.check.NearestName;
import dev.rondo.check.Range;
import dev.rondo.metric.Direction;
import dev.rondo.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker monitors: a column of the {@link Recorder}, and which of its values are better. The direction is never guessed. It is
 * given here or by the metric, or the column is one with a known direction: smaller is better for losses, error_rate and perplexity, larger
 * for accuracy. Immutable.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#trackercallback">fastai, TrackerCallback</a>
 */
public final class Monitor {
    /** The validation loss; smaller is better. */
    public static final Monitor VALID_LOSS = of("valid_loss");

    private static final Map<String, Direction> KNOWN = Map.of(
            "train_loss", Direction.SMALLER_IS_BETTER,
            "valid_loss", Direction.SMALLER_IS_BETTER,
            "error_rate", Direction.SMALLER_IS_BETTER,
            "perplexity", Direction.SMALLER_IS_BETTER,
            "accuracy", Direction.LARGER_IS_BETTER);

    private final String column;
    private final @Nullable Direction given;
    private final double minDelta;
    private final boolean acrossFits;

    private Monitor(String column, @Nullable Direction given, double minDelta, boolean acrossFits) {
        this.column = Argument.name("A column", column);
        this.given = given;
        this.minDelta = minDelta;
        this.acrossFits = acrossFits;
    }

    /** Monitors a column whose direction is known or given by its metric. */
    public static Monitor of(String column) {
        return new Monitor(column, null, 0, false);
    }

    /** Monitors a column with this direction. */
    public static Monitor of(String column, Direction direction) {
        return new Monitor(column, Argument.given("direction", direction), 0, false);
    }

    /** Counts a value as better only if it differs from the best by more than this; 0 or more. */
    public Monitor withMinDelta(double minDelta) {
        return new Monitor(column, given, Range.NOT_NEGATIVE.check("minDelta", minDelta), acrossFits);
    }

    /** Compares with the best value of all fits, instead of that of the running fit. */
    public Monitor acrossFits() {
        return new Monitor(column, given, minDelta, true);
    }

    /** The name of the column. */
    public String column() {
        return column;
    }

    // ---- for trackers

    /**
     * The best value at the start of a fit.
     *
     * @param best the best value so far, NaN for none
     * @throws IllegalArgumentException if the learner has no such column, or its direction is unknown
     */
    double begin(Learner learner, double best) {
        List<String> columns = learner.recorder().columns();
        if (!columns.contains(column)) {
            throw new IllegalArgumentException(
                    "There is no column '" + column + "' to monitor. " + NearestName.hint(column, columns));
        }
        if (acrossFits && !Double.isNaN(best)) {
            direction(learner);
            return best;
        }
        return direction(learner) == Direction.SMALLER_IS_BETTER ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /** The value of the epoch that has just ended; empty outside fits, or if the epoch has no such value. */
    OptionalDouble value(Learner learner) {
        List<EpochRow> rows = learner.recorder().rows();
        if (rows.isEmpty() || rows.get(rows.size() - 1).epoch() != learner.epoch()) return OptionalDouble.empty();
        Double cell = rows.get(rows.size() - 1).cells().get(column);
        // in float32, the type of losses: a difference below its rounding is no improvement
        return cell == null ? OptionalDouble.empty() : OptionalDouble.of(cell.floatValue());
    }

    /** Whether a value is better than the best so far. NaN is never better. */
    boolean improves(Learner learner, double value, double best) {
        Direction direction = direction(learner);
        return direction.better(direction == Direction.SMALLER_IS_BETTER ? value + minDelta : value - minDelta, best);
    }

    static int checkPatience(int patience) {
        return Range.AT_LEAST_1.check("A tracker's patience in epochs", patience);
    }

    private Direction direction(Learner learner) {
        return Optional.ofNullable(given)
                .or(() -> learner.metrics().stream()
                        .filter(m -> isColumnOf(m.name()))
                        .findFirst()
                        .flatMap(Metric::direction))
                .or(() -> KNOWN.entrySet().stream()
                        .filter(known -> isColumnOf(known.getKey()))
                        .findFirst()
                        .map(Map.Entry::getValue))
                .orElseThrow(() -> new IllegalArgumentException("It is unknown which values of '" + column
                        + "' are better: use Monitor.of(\"" + column
                        + "\", Direction.…), or give the metric a direction with Metric.withDirection(…)."));
    }

    /** A recorder with metrics of both phases prefixes the names with the phase. */
    private boolean isColumnOf(String metric) {
        return column.equals(metric) || column.equals("train_" + metric) || column.equals("valid_" + metric);
    }

    /** The column, and what was set: {@code valid_loss by more than 0.01 across fits}. */
    @Override
    public String toString() {
        return column
                + (given == null ? "" : " (" + given + ")")
                + (minDelta == 0 ? "" : " by more than " + minDelta)
                + (acrossFits ? " across fits" : "");
    }
}
