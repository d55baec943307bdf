package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.report.SourceTrees;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** Generated code stands in the callback's package and names its class. */
final class PrivateClassCheck implements Check {
    private final SourceTrees trees;

    PrivateClassCheck(SourceTrees trees) {
        this.trees = trees;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        if (trees.isInCompactFile(callback.element())) {
            reports.report(callback.element(), Diagnostic.COMPACT_FILE, callback.name());
            return;
        }
        for (Element e = callback.element(); e != null; e = e.getEnclosingElement()) {
            if (e.getModifiers().contains(Modifier.PRIVATE)) {
                reports.report(callback.element(), Diagnostic.PRIVATE_CLASS, callback.name(), e.getSimpleName());
                return;
            }
        }
    }
}
