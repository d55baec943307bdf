package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The table's name must be free: no class of the user's, and no table of another class ({@code Outer_Foo} and {@code Outer.Foo}). */
final class NameClashCheck implements Check {
    private final Elements elements;
    private final Map<String, String> owners = new HashMap<>();

    NameClashCheck(Elements elements) {
        this.elements = elements;
    }

    @Override
    public void check(CallbackClass callback, Reports reports) {
        String table = callback.table().canonicalName();
        String owner = callback.element().getQualifiedName().toString();
        if (!owners.computeIfAbsent(table, t -> owner).equals(owner) || isForeign(table, callback)) {
            reports.report(
                    callback.element(), Diagnostic.NAME_CLASH, callback.table().simpleName());
        }
    }

    /**
     * A table of an earlier compilation on the class path is replaced. Only the module of the callback is searched, because javac is slow to look
     * for a missing class in each of the JDK's seventy modules.
     */
    private boolean isForeign(String table, CallbackClass callback) {
        ModuleElement module = elements.getModuleOf(callback.element());
        TypeElement existing = module == null ? elements.getTypeElement(table) : elements.getTypeElement(module, table);
        return existing != null
                && existing.getAnnotationMirrors().stream()
                        .map(mirror -> (TypeElement) mirror.getAnnotationType().asElement())
                        .noneMatch(type -> type.getQualifiedName().contentEquals(RondoNames.HANDLERS));
    }
}
