package dev.rondo.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.rondo.processor.body.Traits.Trait;
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
import java.util.function.BiFunction;
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
    private final Map<Element, Traits> fields = new HashMap<>();
    private final Set<ExecutableElement> summarized = new HashSet<>();
    private final Map<ExecutableElement, Assignments> assignments = new HashMap<>();
    /** The summaries that are being made, from the outermost; and the outermost of them that a method has come back to. */
    private final List<Summary.Key> open = new ArrayList<>();

    private int outermostCycle = Integer.MAX_VALUE;

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
     * Whether a call runs a method of the class that is being looked at, or of its superclasses, on the same object; or a static method of
     * a class around it.
     *
     * @param call the call, or a method reference
     */
    boolean isOwn(Frame frame, ExecutableElement method, Tree call) {
        if (method.getKind() != ElementKind.METHOD || !(method.getEnclosingElement() instanceof TypeElement owner))
            return false;
        boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
        boolean mine = owner.equals(frame.type())
                || rules.isA(frame.type().asType(), owner.asType())
                || isStatic && isAround(owner, frame.type());
        return mine && (isStatic || isThis(call)) && isKnown(method);
    }

    private static boolean isAround(TypeElement outer, TypeElement type) {
        for (Element e = type; e != null; e = e.getEnclosingElement()) {
            if (e.equals(outer)) return true;
        }
        return false;
    }

    /** Whether a call has the object itself as its receiver. */
    static boolean isThis(Tree call) {
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
        int cycle = open.indexOf(key);
        if (cycle >= 0) {
            outermostCycle = Math.min(outermostCycle, cycle);
            return Summary.RECURSIVE;
        }
        Optional<Bodies.Body> body = bodies.of(method);
        if (body.isEmpty()) return summaries.getOrDefault(prepared(method, arguments), unknown());
        summarized.add(method);
        Map<Element, Traits> variables = new HashMap<>();
        for (int i = 0; i < Math.min(arguments.size(), method.getParameters().size()); i++) {
            variables.put(method.getParameters().get(i), arguments.get(i));
        }
        Frame frame = new Frame(method, body.get().unit(), assignments(method, body.get()), variables, Map.of());
        int depth = open.size();
        open.add(key);
        Summary summary = new BodyWalker(this, frame).walk(body.get().tree());
        open.remove(depth);
        if (outermostCycle < depth) summary = summary.unfinished();
        else outermostCycle = Integer.MAX_VALUE;
        summaries.put(key, summary);
        return summary;
    }

    private static Summary unknown() {
        return new Summary(List.of(), EnumSet.allOf(Summary.Unseen.class), Traits.UNKNOWN, false);
    }

    /** What is known of a field: of one that never changes, also its value. */
    Traits field(Element field) {
        Traits known = fields.get(field);
        if (known != null) return known;
        fields.put(field, Traits.OUTLIVING); // while it is being looked at
        boolean fixed = field.getModifiers().contains(Modifier.FINAL);
        Traits value = fixed ? initializer(field, Values::of).orElse(Traits.UNKNOWN) : Traits.UNKNOWN;
        Traits traits = Traits.OUTLIVING;
        for (Trait trait : List.of(Trait.HOST, Trait.CPU)) {
            if (value.has(trait)) traits = traits.with(trait);
        }
        fields.put(field, traits);
        return traits;
    }

    /** The scope of a variable {@code ScopeLocal.of(scope, …)}, if it is seen. */
    Optional<Element> scope(Element field) {
        return initializer(
                field,
                (values, value) -> value instanceof MethodInvocationTree call
                                && !call.getArguments().isEmpty()
                        ? values.unit().element(call.getArguments().get(0))
                        : null);
    }

    private <T> Optional<T> initializer(Element field, BiFunction<Values, ExpressionTree, T> of) {
        Optional<Bodies.Member> member = bodies.field(field);
        if (member.isEmpty() || ((VariableTree) member.get().tree()).getInitializer() == null) return Optional.empty();
        Unit unit = member.get().unit();
        ExpressionTree value = ((VariableTree) member.get().tree()).getInitializer();
        Frame frame = new Frame(field, unit, new Assignments(value, unit, marks), new HashMap<>(), Map.of());
        return Optional.ofNullable(of.apply(new Values(this, frame), value));
    }

    /** Whether a method takes the argument of a number out of its native scope. */
    boolean takes(ExecutableElement method, int number) {
        int last = method.getParameters().size() - 1;
        return bodies.of(method)
                .filter(body -> last >= 0)
                .map(body -> assignments(method, body))
                .filter(a -> a.owns(method.getParameters().get(Math.min(number, last))))
                .isPresent();
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

    /** What a call needs of what has been prepared: whatever is known of other arguments. */
    private static Summary.Key prepared(ExecutableElement method, List<Traits> arguments) {
        List<Traits> plain = arguments.stream()
                .map(a -> a.equals(Traits.LEARNER) || a.has(Trait.BATCH) ? a : Traits.UNKNOWN)
                .toList();
        return new Summary.Key(method, plain);
    }

    private Traits traits(TypeMirror type) {
        if (learners.isLearner(type)) return Traits.LEARNER;
        return learners.holdsTensors(type) ? Traits.BATCH : Traits.UNKNOWN;
    }
}
