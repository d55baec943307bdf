package dev.rondo.callback;

import dev.rondo.EpochRow;
import dev.rondo.Learner;
import dev.rondo.Recorder;
import dev.rondo.metric.Direction;
import dev.rondo.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a tracker watches: a column of the {@link Recorder}, which of its values are better, and by how much. The direction is stated and
 * never guessed: here, by the metric, or because everybody knows it: losses, error_rate and perplexity are the better the smaller they
 * are, accuracy the larger it is. Immutable.
 *
 * @see <a href="https://docs.fast.ai/callback.tracker.html#trackercallback">fastai, TrackerCallback</a>
 */
public final class Monitor {
    /** The loss of the validation, the smaller the better. */
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
        this.column = Objects.requireNonNull(column, "column");
        this.given = given;
        this.minDelta = minDelta;
        this.acrossFits = acrossFits;
    }

    /** A column whose direction is known, or stated by its metric. */
    public static Monitor of(String column) {
        return new Monitor(column, null, 0, false);
    }

    /** A column with the direction of its values. */
    public static Monitor of(String column, Direction direction) {
        return new Monitor(column, direction, 0, false);
    }

    /** The same, but a value is better only if it is so by more than this; 0 or more. */
    public Monitor withMinDelta(double minDelta) {
        if (!(minDelta >= 0)) throw new IllegalArgumentException("minDelta is 0 or more, not " + minDelta + ".");
        return new Monitor(column, given, minDelta, acrossFits);
    }

    /** The same, but the best value is that of all fits; usually it is that of the running one. */
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
     * @param best the one so far, NaN for none
     * @throws IllegalArgumentException if the learner has no such column, or nobody has stated its direction
     */
    double begin(Learner learner, double best) {
        List<String> columns = learner.recorder().columns();
        if (!columns.contains(column)) {
            throw new IllegalArgumentException("There is no column '" + column + "' to monitor: this learner records "
                    + String.join(", ", columns) + ".");
        }
        if (acrossFits && !Double.isNaN(best)) {
            direction(learner);
            return best;
        }
        return direction(learner) == Direction.SMALLER_IS_BETTER ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /** The value of the epoch that has just ended; empty outside of fits, and where the cell is. */
    OptionalDouble value(Learner learner) {
        List<EpochRow> rows = learner.recorder().rows();
        if (rows.isEmpty() || rows.get(rows.size() - 1).epoch() != learner.epoch()) return OptionalDouble.empty();
        Double cell = rows.get(rows.size() - 1).cells().get(column);
        // as float32, which losses are: what is less than its rounding is no improvement
        return cell == null ? OptionalDouble.empty() : OptionalDouble.of(cell.floatValue());
    }

    /** Whether a value is better than the best so far. NaN never is. */
    boolean improves(Learner learner, double value, double best) {
        Direction direction = direction(learner);
        return direction.better(direction == Direction.SMALLER_IS_BETTER ? value + minDelta : value - minDelta, best);
    }

    static int checkPatience(int patience) {
        if (patience < 1)
            throw new IllegalArgumentException("A tracker's patience is 1 epoch or more, not " + patience + ".");
        return patience;
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
                .orElseThrow(() -> new IllegalArgumentException("Nobody has said which values of '" + column
                        + "' are better: say Monitor.of(\"" + column
                        + "\", Direction.…), or give the metric a direction with Metric.withDirection(…)."));
    }

    /** A recorder with metrics of both phases puts the phase before their names. */
    private boolean isColumnOf(String metric) {
        return column.equals(metric) || column.equals("train_" + metric) || column.equals("valid_" + metric);
    }
}
