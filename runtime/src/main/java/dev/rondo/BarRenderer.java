package dev.rondo;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * Draws the line of a progress bar, for example {@code epoch 1/8  25% [####            ] 98/392 66.0 batches/s 00:01<00:04 loss 0.7511}:
 * elapsed and remaining time stand around the {@code <}. The library's own renderer writes numbers in the default locale, whose digits may
 * not be those of the table.
 */
final class BarRenderer implements ProgressBarRenderer {
    private static final int WIDEST = 40;

    @Override
    public String render(ProgressState state, int maxLength) {
        long done = state.getCurrent(), max = Math.max(done, state.getMax());
        double share = max == 0 ? 0 : (double) done / max;
        String head = String.format(Locale.ROOT, "%s %3d%% ", state.getTaskName(), (int) (100 * share));
        String tail =
                String.format(Locale.ROOT, " %d/%d %s%s", done, max, pace(state, max - done), state.getExtraMessage());
        return head + bar(share, Math.min(WIDEST, maxLength - head.length() - tail.length() - 2)) + tail;
    }

    private static String pace(ProgressState state, long left) {
        String elapsed = EpochRow.clock(state.getTotalElapsed());
        long done = state.getCurrent() - state.getStart();
        double seconds = state.getElapsedAfterStart().toNanos() / 1e9;
        if (done <= 0 || seconds <= 0) return elapsed;
        Duration remaining = Duration.ofMillis((long) (1000 * seconds / done * left));
        return String.format(Locale.ROOT, "%.1f batches/s %s<%s", done / seconds, elapsed, EpochRow.clock(remaining));
    }

    /** A bar of some characters inside; nothing if there is too little space for a bar that says something. */
    private static String bar(double share, int width) {
        if (width < 5) return "";
        int full = (int) (width * share);
        return "[" + "#".repeat(full) + " ".repeat(width - full) + "]";
    }
}
