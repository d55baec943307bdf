package dev.rondo.processor.body;

import dev.rondo.processor.report.Diagnostic;

/** A tensor of a batch is not put where it outlives the batch. */
final class EscapingTensorCheck implements BodyCheck {
    @Override
    public void check(Handled handled, Findings findings) {
        if (!handled.handler().insideBatch()) return;
        for (Use.Escape escape : handled.usesNow(Use.Escape.class)) {
            findings.report(escape.place(), Diagnostic.ESCAPING_TENSOR, escape.tensor(), escape.into());
        }
    }
}
