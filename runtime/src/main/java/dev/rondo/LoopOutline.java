package dev.rondo;

import dev.rondo.dispatch.Dispatcher;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the loop: its scopes as indented blocks, its events as lines with their callbacks. */
final class LoopOutline {
    /** "+" opens a block and "-" closes one; a phase says in which of the two the batches are; all else are events. */
    private static final String[] LOOP = {
        "+Fit",
        "before_fit",
        "+Epoch Loop",
        "before_epoch",
        "+Train",
        "before_train",
        "+Batch Loop",
        "before_batch",
        "after_pred",
        "after_loss",
        "before_backward",
        "after_cancel_backward",
        "after_backward",
        "before_step",
        "after_cancel_step",
        "after_step",
        "after_cancel_batch",
        "after_batch",
        "-Batch Loop",
        "-Train",
        "after_cancel_train",
        "after_train",
        "+Valid",
        "before_validate",
        "+Batch Loop",
        "=VALID",
        "before_batch",
        "after_pred",
        "after_loss",
        "after_cancel_batch",
        "after_batch",
        "-Batch Loop",
        "-Valid",
        "after_cancel_validate",
        "after_validate",
        "-Epoch Loop",
        "after_cancel_epoch",
        "after_epoch",
        "-Fit",
        "after_cancel_fit",
        "after_fit"
    };

    private LoopOutline() {}

    static String of(Dispatcher<?> dispatcher) {
        StringBuilder text = new StringBuilder();
        Phase phase = Phase.TRAIN;
        int indent = 0;
        for (String item : LOOP) {
            String rest = item.substring(1);
            switch (item.charAt(0)) {
                case '+' -> {
                    text.append(" ".repeat(indent))
                            .append("Start ")
                            .append(rest)
                            .append('\n');
                    indent += 2;
                }
                case '-' -> {
                    indent -= 2;
                    text.append(" ".repeat(indent)).append("End ").append(rest).append('\n');
                }
                case '=' -> phase = Phase.valueOf(rest);
                default ->
                    text.append(" ".repeat(indent))
                            .append(String.format(" - %-15s:[%s]\n", item, callbacks(dispatcher, item, phase)));
            }
        }
        return text.toString();
    }

    private static String callbacks(Dispatcher<?> dispatcher, String event, Phase phase) {
        return dispatcher.callbacks(Event.valueOf(event.toUpperCase(Locale.ROOT)), phase).stream()
                .map(c -> c.getClass().getSimpleName())
                .collect(Collectors.joining(", "));
    }
}
