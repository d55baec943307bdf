package dev.rondo.processor.check;

import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.report.Diagnostic;
import dev.rondo.processor.report.Place;
import dev.rondo.processor.report.Reports;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/** The values in {@code @Callback}, {@code @On} and {@code @Writes} say something: numbers are finite, lists have elements, each once. */
final class ValuesCheck implements Check {
    @Override
    public void check(CallbackClass callback, Reports reports) {
        callback.options().ifPresent(options -> checkOptions(callback, options, reports));
        for (Handler handler : callback.handlers()) {
            for (Handler.HandlerAnnotation annotation : handler.annotations()) {
                checkOrder(handler.method(), annotation.mirror(), annotation.order(), reports);
            }
            handler.writes().ifPresent(writes -> checkWrites(handler, writes, reports));
        }
    }

    private static void checkOptions(CallbackClass callback, CallbackClass.Options options, Reports reports) {
        Element type = callback.element();
        checkOrder(type, options.mirror(), options.order(), reports);
        checkList(callback, options, "runs", options.runs(), "no event inside a batch reaches it", "phase", reports);
        checkList(callback, options, "kinds", options.kinds(), "no event of a run reaches it", "kind", reports);
        if (!Place.states(options.mirror(), "stateVersion")) return;
        Place version = Place.member(type, options.mirror(), "stateVersion");
        if (options.stateVersion() < 1) {
            reports.report(version, Diagnostic.VERSION_VALUE, callback.name(), options.stateVersion());
        } else if (callback.saved().isEmpty()) {
            reports.report(version, Diagnostic.VERSION_UNUSED, callback.name());
        }
    }

    /** The default of a handler, NaN, means the order of its class, so it is looked at only where it is stated. */
    private static void checkOrder(Element element, AnnotationMirror annotation, double order, Reports reports) {
        if (Double.isFinite(order) || !Place.states(annotation, "order")) return;
        Place place = Place.member(element, annotation, "order");
        reports.report(place, Diagnostic.ORDER_VALUE, element.getSimpleName(), order);
    }

    private static void checkList(
            CallbackClass callback,
            CallbackClass.Options options,
            String member,
            List<?> values,
            String consequence,
            String kind,
            Reports reports) {
        Place place = Place.member(callback.element(), options.mirror(), member);
        if (values.isEmpty()) {
            reports.report(place, Diagnostic.EMPTY_VALUE, callback.name(), member, consequence, kind);
        }
        Set<Object> seen = new HashSet<>();
        for (Object value : values) {
            if (!seen.add(value)) reports.report(place, Diagnostic.REPEATED_VALUE, callback.name(), value);
        }
    }

    /** What a handler returns, and where to, is another check's. */
    private static void checkWrites(Handler handler, Handler.Writes writes, Reports reports) {
        if (handler.returnsValue()) return;
        if (writes.names().isEmpty()) {
            Place place = Place.of(handler.method(), writes.mirror());
            reports.report(place, Diagnostic.WRITES_NOTHING, handler.name());
        }
        Set<String> seen = new HashSet<>();
        for (Handler.WrittenName written : writes.names()) {
            if (seen.add(written.name())) continue;
            Place place = Place.of(handler.method(), writes.mirror(), written.value());
            reports.report(place, Diagnostic.REPEATED_VALUE, handler.name(), "'" + written.name() + "'");
        }
    }
}
