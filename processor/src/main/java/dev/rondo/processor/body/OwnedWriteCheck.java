package dev.rondo.processor.body;

import dev.rondo.processor.check.Writers;
import dev.rondo.processor.report.Diagnostic;

/** A handler sets only attributes that its callback may set. */
final class OwnedWriteCheck implements BodyCheck {
    private final Writers writers;

    OwnedWriteCheck(Writers writers) {
        this.writers = writers;
    }

    @Override
    public void check(Handled handled, Findings findings) {
        for (Use.Write write : handled.uses(Use.Write.class)) {
            if (writers.mayWrite(handled.callback(), write.attribute())) continue;
            String settable = writers.settable(handled.callback());
            String name = write.attribute().name();
            if (write.attribute().owners().isEmpty()) {
                findings.report(write.place(), Diagnostic.ATTRIBUTE_READ_ONLY, name, settable);
            } else {
                findings.report(
                        write.place(), Diagnostic.ATTRIBUTE_OWNED, name, Writers.owners(write.attribute()), settable);
            }
        }
    }
}
