package dev.rondo.processor.body;

import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reports findings in bodies: one of a check at a place, even if several handlers reach it. */
final class Findings {
    private final Reports reports;
    private final Set<List<Object>> found;

    /** @param found what has been found, shared by all classes: a subclass reaches the methods of its base */
    Findings(Reports reports, Set<List<Object>> found) {
        this.reports = reports;
        this.found = found;
    }

    static Set<List<Object>> none() {
        return new HashSet<>();
    }

    void report(Place place, Diagnostic diagnostic, Object... arguments) {
        if (found.add(List.of(place.key(), diagnostic.key()))) reports.report(place, diagnostic, arguments);
    }
}
