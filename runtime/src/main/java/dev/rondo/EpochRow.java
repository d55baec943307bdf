package dev.rondo;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The records of one epoch.
 *
 * @param epoch its number in the fit, from 0
 * @param cells values by column: {@code train_loss}, {@code valid_loss}, metrics. A phase that was cancelled, or that counted no batch,
 *     has no cells.
 * @param time the duration of the epoch
 */
public record EpochRow(int epoch, Map<String, Double> cells, Duration time) {
    /** A row without cells, with a duration of zero. */
    public static final EpochRow EMPTY = new EpochRow(0, Map.of(), Duration.ZERO);

    public EpochRow {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    /** The time as {@code mm:ss}, or as {@code h:mm:ss} from one hour on. */
    public String clock() {
        return clock(time);
    }

    static String clock(Duration time) {
        long s = time.toSeconds();
        return s < 3600
                ? String.format(Locale.ROOT, "%02d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    /** {@code epoch 7: train_loss 0.257151, valid_loss 0.378041, accuracy 0.870000, time 00:04}. */
    @Override
    public String toString() {
        return "epoch " + epoch + ": "
                + cells.entrySet().stream()
                        .map(cell -> String.format(Locale.ROOT, "%s %.6f, ", cell.getKey(), cell.getValue()))
                        .collect(Collectors.joining())
                + "time " + clock();
    }
}
