package dev.rondo.processor.report;

import javax.tools.Diagnostic.Kind;

/** How grave a diagnostic is before options and suppressions are asked. */
public enum Severity {
    /** An error that nothing can lower: generated code would not compile, or would lie. */
    FIXED_ERROR(Kind.ERROR),
    /** The program certainly does something other than what it says. */
    ERROR(Kind.ERROR),
    /** Legal and suspicious. */
    WARNING(Kind.WARNING);

    private final Kind kind;

    Severity(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
