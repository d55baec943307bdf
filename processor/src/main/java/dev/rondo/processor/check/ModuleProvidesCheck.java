package dev.rondo.processor.check;

import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** The declaration of a module provides its index; a service file has no effect in a module. */
public final class ModuleProvidesCheck {
    /**
     * To be called in the last round only: in an earlier one, javac 17 reports a provider that is not generated yet as an error.
     *
     * @param callback a callback of the module, which is told
     * @param indexes the names of the indexes that were generated for the module
     */
    public void check(ModuleElement module, TypeElement callback, SortedSet<String> indexes, Reports reports) {
        Set<String> provided = ElementFilter.providesIn(module.getDirectives()).stream()
                .filter(provides -> isName(provides.getService(), RondoNames.CALLBACK_INDEX.canonicalName()))
                .flatMap(provides -> provides.getImplementations().stream())
                .map(index -> index.getQualifiedName().toString())
                .collect(Collectors.toSet());
        if (provided.containsAll(indexes)) return;
        reports.report(
                callback,
                Diagnostic.MODULE_PROVIDES,
                module.getQualifiedName(),
                RondoNames.CALLBACK_INDEX.canonicalName(),
                String.join(", ", indexes));
    }

    private static boolean isName(TypeElement type, String name) {
        return type.getQualifiedName().contentEquals(name);
    }
}
