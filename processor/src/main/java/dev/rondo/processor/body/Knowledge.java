package dev.rondo.processor.body;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.Tree;
import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.model.CallbackClass;
import dev.rondo.processor.model.Handler;
import dev.rondo.processor.model.Parameter;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** What the methods of this compilation do: a summary of each, made once for each kind of arguments. */
final class Knowledge {
    private final Elements elements;
    private final TypeRules rules;
    private final Marks marks;
    private final LearnerApi learners;
    private final Bodies bodies;
    private final Map<Summary.Key, Summary> summaries = new HashMap<>();
    private final Map<TypeElement, CallbackClass> callbacks = new HashMap<>();
    private final Map<TypeElement, Set<Element>> cleared = new HashMap<>();
    private final Set<ExecutableElement> summarized = new HashSet<>();
    private final Map<ExecutableElement, Assignments> assignments = new HashMap<>();

    Knowledge(Elements elements, TypeRules rules, Marks marks, Bodies bodies) {
        this.elements = elements;
        this.rules = rules;
        this.marks = marks;
        this.bodies = bodies;
        learners = new LearnerApi(rules);
    }

    Elements elements() {
        return elements;
    }

    TypeRules rules() {
        return rules;
    }

    Marks marks() {
        return marks;
    }

    LearnerApi learners() {
        return learners;
    }

    Bodies bodies() {
        return bodies;
    }

    /**
     * Whether a call runs a method of the class that is being looked at, or of its superclasses, on the same object.
     *
     * @param call the call, or a method reference
     */
    boolean isOwn(Frame frame, ExecutableElement method, Tree call) {
        if (method.getKind() != ElementKind.METHOD || !(method.getEnclosingElement() instanceof TypeElement owner))
            return false;
        boolean mine = owner.equals(frame.type()) || rules.isA(frame.type().asType(), owner.asType());
        return mine && (method.getModifiers().contains(Modifier.STATIC) || isThis(call)) && isKnown(method);
    }

    private static boolean isThis(Tree call) {
        Tree receiver = Unit.receiver(call);
        if (receiver == null) return !(call instanceof MemberReferenceTree);
        return receiver instanceof IdentifierTree name
                && (name.getName().contentEquals("this") || name.getName().contentEquals("super"));
    }

    private boolean isKnown(ExecutableElement method) {
        return summarized.contains(method) || bodies.of(method).isPresent();
    }

    Summary summary(ExecutableElement method, List<Traits> arguments) {
        Summary.Key key = new Summary.Key(method, arguments);
        Summary known = summaries.get(key);
        if (known != null) return known;
        Optional<Bodies.Body> body = bodies.of(method);
        if (body.isEmpty()) return unknown();
        summaries.put(key, Summary.RECURSIVE);
        summarized.add(method);
        Map<Element, Traits> variables = new HashMap<>();
        for (int i = 0; i < Math.min(arguments.size(), method.getParameters().size()); i++) {
            variables.put(method.getParameters().get(i), arguments.get(i));
        }
        Frame frame = new Frame(method, body.get().unit(), assignments(method, body.get()), variables, Map.of());
        Summary summary = new BodyWalker(this, frame).walk(body.get().tree());
        summaries.put(key, summary);
        return summary;
    }

    private static Summary unknown() {
        return new Summary(List.of(), EnumSet.of(Summary.Unseen.LEARNER, Summary.Unseen.CALLS), Traits.UNKNOWN);
    }

    /** What a handler does; empty if its body is not there, or not written yet. */
    Optional<Summary> summary(Handler handler) {
        Optional<Bodies.Body> written = bodies.of(handler.method())
                .filter(body -> !body.tree().getBody().getStatements().isEmpty());
        return written.map(body -> {
            Map<Element, Traits> variables = new HashMap<>();
            Map<Element, Attribute> attributes = new HashMap<>();
            for (Parameter parameter : handler.parameters()) {
                Traits traits = Traits.UNKNOWN;
                if (parameter instanceof Parameter.OfLearner) traits = Traits.LEARNER;
                else if (parameter instanceof Parameter.OfCallback) traits = Traits.OUTLIVING;
                else if (parameter instanceof Parameter.OfAttribute p) {
                    attributes.put(p.element(), p.attribute());
                    if (learners.diesWithBatch(p.attribute())) traits = Traits.BATCH;
                }
                variables.put(parameter.element(), traits);
            }
            Assignments assigned = assignments(handler.method(), body);
            Frame frame = new Frame(handler.method(), body.unit(), assigned, variables, attributes);
            return new BodyWalker(this, frame).walk(body.tree());
        });
    }

    private Assignments assignments(ExecutableElement method, Bodies.Body body) {
        return assignments.computeIfAbsent(method, m -> new Assignments(body.tree(), body.unit(), marks));
    }

    /** Learns the accessors of a callback's learner. */
    void know(CallbackClass callback) {
        learners.know(callback.learner());
        callbacks.put(callback.element(), callback);
    }

    /** Whether a class clears a field in each batch, so that what it holds does not outlive the batch. */
    boolean isCleared(TypeElement type, Element field) {
        return callbacks.containsKey(type)
                && cleared.computeIfAbsent(type, t -> new Cleared(callbacks.get(t), bodies, marks).fields())
                        .contains(field);
    }

    /**
     * Looks at the methods that subclasses may call with the learner or with tensors: when the compiler comes to the subclasses, the trees of
     * this class may be gone.
     */
    void prepare(TypeElement type) {
        if (type.getModifiers().contains(Modifier.FINAL)) return;
        for (Element member : type.getEnclosedElements()) {
            if (!(member instanceof ExecutableElement method)
                    || method.getKind() != ElementKind.METHOD
                    || method.getModifiers().contains(Modifier.PRIVATE)) continue;
            List<Traits> arguments = new ArrayList<>();
            for (Element parameter : method.getParameters()) arguments.add(traits(parameter.asType()));
            if (arguments.stream().anyMatch(a -> !a.equals(Traits.UNKNOWN))) summary(method, arguments);
        }
    }

    private Traits traits(TypeMirror type) {
        if (learners.isLearner(type)) return Traits.LEARNER;
        return learners.holdsTensors(type) ? Traits.BATCH : Traits.UNKNOWN;
    }
}
