package dev.rondo.processor.check;

import dev.rondo.event.Event;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.NearestName;
import dev.rondo.processor.model.OtherFrameworks;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Reports;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.ElementFilter;

/**
 * A method named like an event, {@code beforeBatch}, {@code before_batch}, {@code onBeforeBatch}, or like one of another framework, {@code
 * on_train_batch_end}, was probably meant to handle it.
 */
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
        String name = NearestName.letters(method.matches("on[A-Z_].*") ? method.substring(2) : method);
        return OtherFrameworks.event(method).or(() -> Arrays.stream(Event.values())
                .filter(event -> distance(name, event) <= MAX_DISTANCE)
                .min(Comparator.comparingInt(event -> distance(name, event))));
    }

    private static int distance(String letters, Event event) {
        return NearestName.distance(letters, NearestName.letters(event.name()));
    }
}
