package dev.rondo.processor.report;

import javax.tools.Diagnostic.Kind;

/** The severity of a diagnostic before options and suppressions apply. */
public enum Severity {
    /** An error that cannot be lowered: generated code would not compile, or would do something else. */
    FIXED_ERROR(Kind.ERROR),
    /** The program does something other than what it declares. */
    ERROR(Kind.ERROR),
    /** Legal, but suspicious. */
    WARNING(Kind.WARNING);

    private final Kind kind;

    Severity(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
