package dev.rondo.processor.report;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;

/** The diagnostics of one class. Each fault is reported once, at a place inside that class. */
public final class Reports {
    private final Printer printer;
    private final Severities severities;
    private final TypeElement subject;
    private final Set<List<Object>> said = new HashSet<>();
    private final Set<Diagnostic> diagnostics = EnumSet.noneOf(Diagnostic.class);
    private boolean rejected;

    public Reports(Printer printer, Severities severities, TypeElement subject) {
        this.printer = printer;
        this.severities = severities;
        this.subject = subject;
    }

    /** For a class whose diagnostics another processor prints: only the result of the checks is needed. */
    public static Reports silent(Severities severities, TypeElement subject) {
        return new Reports(Printer.SILENT, severities, subject);
    }

    public void report(Place where, Diagnostic diagnostic, Object... arguments) {
        Place place = where.within(subject);
        Optional<Kind> kind = kind(diagnostic, place.element());
        if (kind.isEmpty()) return;
        rejected |= kind.get() == Kind.ERROR;
        diagnostics.add(diagnostic);
        String text = diagnostic.text(arguments);
        if (said.add(List.of(place.key(), text))) printer.print(kind.get(), text, place);
    }

    public void report(Element where, Diagnostic diagnostic, Object... arguments) {
        report(Place.of(where), diagnostic, arguments);
    }

    /** Whether something was reported, as an error or a warning. */
    public boolean has(Diagnostic diagnostic) {
        return diagnostics.contains(diagnostic);
    }

    /** Whether an error was reported: the class gets no table. */
    public boolean rejected() {
        return rejected;
    }

    /** The kind of a diagnostic at an element; empty if it is off or suppressed. The only place that applies options and suppressions. */
    private Optional<Kind> kind(Diagnostic diagnostic, Element element) {
        boolean silent =
                diagnostic.severity() != Severity.FIXED_ERROR && Suppressions.silence(diagnostic.key(), element);
        return silent ? Optional.empty() : severities.kind(diagnostic);
    }
}
