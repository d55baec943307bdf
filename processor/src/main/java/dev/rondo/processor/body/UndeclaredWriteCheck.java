package dev.rondo.processor.body;

import dev.rondo.processor.check.Writers;
import dev.rondo.processor.report.Diagnostic;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

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
                        name,
                        handled.handler().writtenNames().isEmpty() ? "Add" : "Make it",
                        listed(handled));
            }
        }
    }

    /** What {@code @Writes} would list: what it lists now, and what else the handler sets. */
    private String listed(Handled handled) {
        Set<String> names = new LinkedHashSet<>(handled.handler().writtenNames());
        handled.usesNow(Use.Write.class).stream()
                .map(Use.Write::attribute)
                .filter(attribute -> writers.mayWrite(handled.callback(), attribute))
                .forEach(attribute -> names.add(attribute.name()));
        String quoted = names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        return names.size() == 1 ? quoted : "{" + quoted + "}";
    }
}
