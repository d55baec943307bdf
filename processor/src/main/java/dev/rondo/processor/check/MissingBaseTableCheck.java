package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;

/** The base class has a table, to which the table of the class delegates. An artifact compiled without the processor lacks it. */
final class MissingBaseTableCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        callback.base()
                .filter(base -> !base.compiledNow() && !base.table())
                .ifPresent(base -> reports.report(
                        callback.element(),
                        Diagnostic.MISSING_BASE_TABLE,
                        base.callback().name()));
    }
}
