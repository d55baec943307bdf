package dev.rondo.processor.body;

import dev.rondo.processor.report.Diagnostic;

/** A catch of all exceptions throws a cancel on. */
final class SwallowedCancelCheck implements BodyCheck {
    @Override
    public void check(Handled handled, Findings findings) {
        for (Use.Swallow swallow : handled.usesNow(Use.Swallow.class)) {
            findings.report(
                    swallow.place(),
                    Diagnostic.SWALLOWED_CANCEL,
                    swallow.caught(),
                    String.join(" and ", swallow.cancels()));
        }
    }
}
