package dev.rondo.processor.write;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.HandledEvent;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.Slot;
import dev.rondo.processor.model.TypeRules;
import java.util.List;
import java.util.Optional;

/** What a table says of its handlers: to people in its Javadoc, to later compilations in {@code @Handlers}. */
final class TableFacts {
    private final TypeRules rules;
    private final Declared declared;

    TableFacts(TypeRules rules, Declared declared) {
        this.rules = rules;
        this.declared = declared;
    }

    CodeBlock javadoc(CallbackClass callback) {
        CodeBlock.Builder text = CodeBlock.builder()
                .add("The handlers of {@link $T}, by number.\n\n<ol start=\"0\">\n", ClassName.get(callback.element()));
        for (Slot slot : callback.slots()) {
            text.add(
                    "  <li>$L: {@code $L}, $L$L\n",
                    link(slot.handled(), callback),
                    slot.handler().name(),
                    Double.isNaN(slot.order()) ? "order of the class" : "order " + slot.order(),
                    slot.delegated() ? ", inherited" : "");
        }
        return text.add("</ol>\n").build();
    }

    AnnotationSpec annotation(CallbackClass callback, Optional<String> module) {
        AnnotationSpec.Builder handlers = AnnotationSpec.builder(RondoNames.HANDLERS_ANNOTATION);
        for (Slot slot : callback.slots()) handlers.addMember("value", "$L", entry(slot, callback));
        module.ifPresent(name -> handlers.addMember("module", "$S", name));
        return handlers.build();
    }

    private AnnotationSpec entry(Slot slot, CallbackClass callback) {
        Handler handler = slot.handler();
        AnnotationSpec.Builder entry =
                AnnotationSpec.builder(RondoNames.HANDLER_ANNOTATION).addMember("method", "$S", handler.name());
        if (slot.handled() instanceof HandledEvent.BuiltIn b) {
            entry.addMember("event", "$T.$L", Event.class, b.event());
        } else if (nameable(slot.handled(), callback)
                && !declared.isAuxiliary(((HandledEvent.Custom) slot.handled()).annotation())) {
            entry.addMember("custom", "$T.class", annotation(slot.handled()));
        }
        if (!Double.isNaN(slot.order())) entry.addMember("order", TableWriter.number(slot.order()));
        slot.reads().forEach(name -> entry.addMember("reads", "$S", name));
        handler.writtenNames().forEach(name -> entry.addMember("writes", "$S", name));
        List<Scope> cancels = handler.cancelsAny() ? List.copyOf(slot.handled().cancels()) : handler.cancels();
        cancels.forEach(scope -> entry.addMember("cancels", "$T.$L", Scope.class, scope));
        return entry.build();
    }

    private CodeBlock link(HandledEvent handled, CallbackClass callback) {
        if (handled instanceof HandledEvent.BuiltIn b) return CodeBlock.of("{@link $T#$L}", Event.class, b.event());
        return nameable(handled, callback)
                ? CodeBlock.of("{@link $T}", annotation(handled))
                : CodeBlock.of("{@code $L}", handled.name());
    }

    /** Whether the table can name a custom event; one that a base class handles in its package may be hidden from here. */
    private boolean nameable(HandledEvent handled, CallbackClass callback) {
        return handled instanceof HandledEvent.Custom custom
                && rules.hidden(custom.annotation(), callback.element()).isEmpty();
    }

    private static ClassName annotation(HandledEvent handled) {
        return ClassName.get(((HandledEvent.Custom) handled).annotation());
    }
}
