package dev.rondo.processor.check;

import dev.rondo.event.Event;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.NearestName;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.ElementFilter;

/** A method named like an event, {@code beforeBatch}, {@code before_batch}, {@code onBeforeBatch}, was probably meant to handle it. */
final class LooksLikeHandlerCheck implements Check {
    private static final int MAX_DISTANCE = 2;

    @Override
    public void check(CallbackClass callback, Reports reports) {
        for (ExecutableElement method :
                ElementFilter.methodsIn(callback.element().getEnclosedElements())) {
            if (callback.declaresHandler(method)) continue;
            String name = method.getSimpleName().toString();
            meant(name).ifPresent(event -> reports.report(method, Diagnostic.LOOKS_LIKE_HANDLER, name, event));
        }
    }

    private static Optional<Event> meant(String method) {
        String name = method.matches("on[A-Z_].*") ? letters(method.substring(2)) : letters(method);
        return Arrays.stream(Event.values())
                .filter(event -> NearestName.distance(name, letters(event.name())) <= MAX_DISTANCE)
                .min(Comparator.comparingInt(event -> NearestName.distance(name, letters(event.name()))));
    }

    private static String letters(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
