package dev.rondo.processor.read;

import dev.rondo.event.Phase;
import dev.rondo.event.RunKind;
import dev.rondo.processor.model.AttributeDeclaration;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.LearnerType;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.model.Slot;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads a callback class, with those of its superclasses that have handlers. */
public final class CallbackReader {
    private final Elements elements;
    private final TypeRules rules;
    private final LearnerReader learners;
    private final HandlerAnnotationReader handlerAnnotations;
    private final HandlerReader handlers;
    private final SavedFieldReader savedFields;
    private final Predicate<TypeElement> compiledNow;

    /** @param compiledNow tells the classes of this compilation from those of the class path */
    public CallbackReader(Elements elements, TypeRules rules, Predicate<TypeElement> compiledNow) {
        this.elements = elements;
        this.rules = rules;
        this.compiledNow = compiledNow;
        learners = new LearnerReader(elements, rules);
        handlerAnnotations = new HandlerAnnotationReader(elements);
        handlers = new HandlerReader(elements, rules, handlerAnnotations);
        savedFields = new SavedFieldReader(elements, rules);
    }

    /** Forgets what it has read of learners: elements are good for one round. */
    public void beginRound() {
        learners.beginRound();
    }

    /** Whether an annotation is a custom event. */
    public boolean isEvent(TypeElement annotation) {
        return handlerAnnotations.isEvent(annotation);
    }

    /** Whether a method is a handler, faulty or not. */
    public boolean isHandler(ExecutableElement method) {
        return handlerAnnotations.isHandler(method);
    }

    /** A method with {@code @Attribute}. */
    public AttributeDeclaration attribute(ExecutableElement method) throws MissingTypeException {
        return learners.declaration(method);
    }

    /** Whether a class has no annotation of ours: custom events alone can make it a callback. */
    public boolean onlyCustomEvents(TypeElement type) {
        return Mirror.find(type, RondoNames.CALLBACK, elements).isEmpty()
                && !savedFields.any(type)
                && ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                        .noneMatch(m -> Mirror.find(m, RondoNames.ON, elements).isPresent());
    }

    public CallbackClass read(TypeElement type) throws MissingTypeException {
        Optional<TypeElement> baseType = nearestBase(type);
        CallbackClass base = baseType.isPresent() ? read(baseType.get()) : null;
        LearnerType learner = learners.read(learnerType(type, base), type);
        List<Handler> own = handlers.read(type, learner);
        Optional<CallbackClass.Base> link = Optional.ofNullable(base).map(b -> link(type, own, b));
        return new CallbackClass(
                type,
                options(type),
                learner,
                link,
                own,
                CallbackClass.number(link, own),
                savedFields.read(type, base == null ? null : base.element()));
    }

    private CallbackClass.Base link(TypeElement type, List<Handler> own, CallbackClass base) {
        boolean now = compiledNow.test(base.element());
        TypeElement table = elements.getTypeElement(base.table().canonicalName());
        List<CallbackClass.Overriding> overrides = new ArrayList<>();
        for (Handler handler : own) {
            for (Slot slot : base.slots()) {
                if (rules.overrides(handler.method(), slot.handler().method(), type)) {
                    overrides.add(new CallbackClass.Overriding(handler, slot.handler()));
                }
            }
        }
        return new CallbackClass.Base(now ? base : base.withReads(reads(table)), now, table != null, overrides);
    }

    /**
     * The class whose table serves the objects of a class: itself, or a superclass; empty if there is none.
     *
     * @param type may be of this compilation or of the class path
     */
    public Optional<CallbackClass> withTable(TypeElement type) throws MissingTypeException {
        for (Optional<TypeElement> t = Optional.of(type); t.isPresent(); t = rules.superclass(t.get())) {
            TypeElement owner = t.get();
            if (!handlers.declaresHandler(owner) && onlyCustomEvents(owner)) continue;
            CallbackClass callback = read(owner);
            if (callback.slots().isEmpty()) continue;
            if (compiledNow.test(owner)) return Optional.of(callback);
            TypeElement table = elements.getTypeElement(callback.table().canonicalName());
            return table == null ? Optional.empty() : Optional.of(callback.withReads(reads(table)));
        }
        return Optional.empty();
    }

    /** What the handlers of a table on the class path read: their class files may have lost the names of the parameters. */
    private List<List<String>> reads(TypeElement table) {
        List<List<String>> reads = new ArrayList<>();
        Optional<Mirror> mirror = table == null ? Optional.empty() : Mirror.find(table, RondoNames.HANDLERS, elements);
        try {
            if (mirror.isPresent()) {
                for (AnnotationValue handler : mirror.get().values("value")) {
                    reads.add(Mirror.of(handler, elements).values("reads").stream()
                            .map(Mirror::string)
                            .toList());
                }
            }
        } catch (MissingTypeException e) {
            reads.clear();
        }
        return reads;
    }

    /** The nearest superclass that declares handlers, or states options for those that it inherits, or saves fields beside theirs. */
    private Optional<TypeElement> nearestBase(TypeElement type) throws MissingTypeException {
        Optional<TypeElement> annotated = Optional.empty();
        for (TypeElement t = type; ; ) {
            MissingTypes.require(t.getSuperclass());
            Optional<TypeElement> superclass = rules.superclass(t);
            if (superclass.isEmpty()) return Optional.empty();
            t = superclass.get();
            if (annotated.isEmpty()
                    && (Mirror.find(t, RondoNames.CALLBACK, elements).isPresent() || savedFields.any(t))) {
                annotated = superclass;
            }
            if (handlers.declaresHandler(t)) return annotated.or(() -> superclass);
        }
    }

    private TypeElement learnerType(TypeElement type, CallbackClass base) throws MissingTypeException {
        Optional<Mirror> callback = Mirror.find(type, RondoNames.CALLBACK, elements);
        if (callback.isPresent()) {
            TypeMirror learner = Mirror.type(callback.get().value("learner"));
            if (learner.getKind() == TypeKind.DECLARED) return rules.element(learner);
        }
        return base != null ? base.learner().element() : learners.standard();
    }

    private Optional<CallbackClass.Options> options(TypeElement type) throws MissingTypeException {
        Optional<Mirror> callback = Mirror.find(type, RondoNames.CALLBACK, elements);
        if (callback.isEmpty()) return Optional.empty();
        Mirror mirror = callback.get();
        return Optional.of(new CallbackClass.Options(
                mirror.mirror(),
                mirror.number("order"),
                mirror.states("order"),
                mirror.constants(Phase.class, "runs"),
                mirror.constants(RunKind.class, "kinds"),
                mirror.flag("nested"),
                mirror.states("stateVersion") ? (int) mirror.number("stateVersion") : 1));
    }
}
