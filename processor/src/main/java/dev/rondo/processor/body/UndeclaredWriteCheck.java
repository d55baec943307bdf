package dev.rondo.processor.body;

import dev.rondo.processor.check.Writers;
import dev.rondo.processor.report.Diagnostic;

/** A handler lists in {@code @Writes} what it sets; one that returns a value sets nothing else. */
final class UndeclaredWriteCheck implements BodyCheck {
    private final Writers writers;

    UndeclaredWriteCheck(Writers writers) {
        this.writers = writers;
    }

    @Override
    public void check(Handled handled, Findings findings) {
        for (Use.Write write : handled.usesNow(Use.Write.class)) {
            String name = write.attribute().name();
            if (!writers.mayWrite(handled.callback(), write.attribute())) continue;
            if (handled.handler().returnsValue()) {
                findings.report(
                        write.place(),
                        Diagnostic.SECOND_WRITE,
                        handled.handler().name(),
                        name);
            } else if (!handled.handler().writtenNames().contains(name)) {
                findings.report(
                        write.place(),
                        Diagnostic.UNDECLARED_WRITE,
                        handled.handler().name(),
                        name);
            }
        }
    }
}
