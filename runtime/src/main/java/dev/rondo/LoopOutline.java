package dev.rondo;

import dev.rondo.dispatch.Dispatcher;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the loop: its scopes as indented blocks, its events as lines with their callbacks. The structure is that of {@link Event}. */
final class LoopOutline {
    private final Dispatcher<?> dispatcher;
    private final StringBuilder text = new StringBuilder();
    private int indent;

    private LoopOutline(Dispatcher<?> dispatcher) {
        this.dispatcher = dispatcher;
    }

    static String of(Dispatcher<?> dispatcher) {
        LoopOutline outline = new LoopOutline(dispatcher);
        outline.write();
        return outline.text.toString();
    }

    private void write() {
        for (Event event : Event.values()) {
            if (event.scope().isEmpty() || event.insideBatch()) continue;
            Scope scope = event.scope().get();
            Phase phase = event.phases().contains(Phase.TRAIN) ? Phase.TRAIN : Phase.VALID;
            if (event.name().startsWith("BEFORE_")) begin(title(scope));
            if (event.name().startsWith("AFTER_CANCEL_")) end(title(scope));
            line(event, phase);
            if (event == Event.BEFORE_TRAIN || event == Event.BEFORE_VALIDATE) writeBatches(phase);
        }
    }

    private void writeBatches(Phase phase) {
        begin("Batch Loop");
        for (Event event : Event.values()) {
            if (event.insideBatch() && event.phases().contains(phase)) line(event, phase);
        }
        end("Batch Loop");
    }

    private static String title(Scope scope) {
        return switch (scope) {
            case FIT -> "Fit";
            case EPOCH -> "Epoch Loop";
            case TRAIN -> "Train";
            case VALIDATE -> "Valid";
            case BATCH, BACKWARD, STEP -> throw new IllegalArgumentException(scope + " is inside a batch.");
        };
    }

    private void begin(String title) {
        text.append(" ".repeat(indent)).append("Start ").append(title).append('\n');
        indent += 2;
    }

    private void end(String title) {
        indent -= 2;
        text.append(" ".repeat(indent)).append("End ").append(title).append('\n');
    }

    private void line(Event event, Phase phase) {
        String callbacks = dispatcher.callbacks(event, phase).stream()
                .map(c -> c.getClass().getSimpleName())
                .collect(Collectors.joining(", "));
        text.append(" ".repeat(indent))
                .append(String.format(Locale.ROOT, " - %-15s:[%s]\n", event.lowerCaseName(), callbacks));
    }
}
