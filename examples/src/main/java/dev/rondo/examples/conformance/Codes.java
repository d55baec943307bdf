package dev.rondo.examples.conformance;

import dev.rondo.event.Event;

/** Two-letter codes of events in traces: A (after), B (before) or C (after a cancel), then the initial of the last word of the event. */
final class Codes {
    private Codes() {}

    static String of(Event event) {
        if (event == Event.AFTER_CREATE) return "AC";
        String name = event.name();
        String kind = name.startsWith("AFTER_CANCEL_") ? "C" : name.substring(0, 1);
        String subject = name.substring(name.lastIndexOf('_') + 1);
        return kind
                + (subject.equals("BACKWARD") ? "W" : subject.substring(0, 1)); // B stands for batch, so backward is W
    }
}
