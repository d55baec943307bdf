package dev.rondo.examples.conformance;

import dev.rondo.event.Event;

/** The two letters that stand for an event in traces: A(fter), B(efore) or C(ancelled), then what it is about. */
final class Codes {
    private Codes() {}

    static String of(Event event) {
        if (event == Event.AFTER_CREATE) return "AC";
        String name = event.name();
        String kind = name.startsWith("AFTER_CANCEL_") ? "C" : name.substring(0, 1);
        String about = name.substring(name.lastIndexOf('_') + 1);
        return kind + (about.equals("BACKWARD") ? "W" : about.substring(0, 1)); // B is the batch's
    }
}
