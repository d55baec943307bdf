package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.report.Reports;

/** One rule for callback classes. */
interface Check {
    /** Reports where the class breaks the rule. */
    void check(CallbackClass callback, Reports reports);
}
