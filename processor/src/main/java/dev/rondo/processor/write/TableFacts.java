package dev.rondo.processor.write;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.Slot;
import java.util.List;

/** What a table says of its handlers: to people in its Javadoc, to later compilations in {@code @Handlers}. */
final class TableFacts {
    private TableFacts() {}

    static CodeBlock javadoc(CallbackClass callback) {
        CodeBlock.Builder text = CodeBlock.builder()
                .add("The handlers of {@link $T}, by number.\n\n<ol start=\"0\">\n", ClassName.get(callback.element()));
        for (Slot slot : callback.slots()) {
            double order = slot.handler().order();
            text.add(
                    "  <li>{@link $T#$L}: {@code $L}, $L$L\n",
                    Event.class,
                    slot.event(),
                    slot.handler().name(),
                    Double.isNaN(order) ? "order of the class" : "order " + order,
                    slot.delegated() ? ", inherited" : "");
        }
        return text.add("</ol>\n").build();
    }

    static AnnotationSpec annotation(CallbackClass callback) {
        AnnotationSpec.Builder handlers = AnnotationSpec.builder(RondoNames.HANDLERS_ANNOTATION);
        for (Slot slot : callback.slots()) handlers.addMember("value", "$L", entry(slot));
        return handlers.build();
    }

    private static AnnotationSpec entry(Slot slot) {
        Handler handler = slot.handler();
        AnnotationSpec.Builder entry = AnnotationSpec.builder(RondoNames.HANDLER_ANNOTATION)
                .addMember("method", "$S", handler.name())
                .addMember("event", "$T.$L", Event.class, slot.event());
        if (!Double.isNaN(handler.order())) {
            entry.addMember("order", TableWriter.number(handler.order()));
        }
        slot.reads().forEach(name -> entry.addMember("reads", "$S", name));
        handler.writtenNames().forEach(name -> entry.addMember("writes", "$S", name));
        List<Scope> cancels = handler.cancelsAny() ? List.copyOf(slot.event().cancels()) : handler.cancels();
        cancels.forEach(scope -> entry.addMember("cancels", "$T.$L", Scope.class, scope));
        return entry.build();
    }
}
