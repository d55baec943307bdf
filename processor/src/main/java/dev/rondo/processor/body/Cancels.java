package dev.rondo.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreeScanner;
import dev.rondo.event.CancelException;
import dev.rondo.processor.body.Marks.Mark;
import dev.rondo.processor.model.TypeRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The cancels that code may throw, and catches that they fall into. */
final class Cancels {
    private static final String CANCEL = CancelException.class.getName();

    private final Unit unit;
    private final TypeRules rules;
    private final Marks marks;

    Cancels(Unit unit, TypeRules rules, Marks marks) {
        this.unit = unit;
        this.rules = rules;
        this.marks = marks;
    }

    /** The cancels that may leave a tree, by name. */
    private Map<String, TypeMirror> thrownBy(Iterable<? extends Tree> trees) {
        Map<String, TypeMirror> thrown = new LinkedHashMap<>();
        new TreeScanner<Void, Void>() {
            private void add(TypeMirror type) {
                if (type.getKind() == TypeKind.DECLARED && rules.isA(type, CANCEL))
                    thrown.put(TypeRules.display(type), type);
            }

            @Override
            public Void visitThrow(ThrowTree tree, Void none) {
                unit.type(tree.getExpression()).ifPresent(this::add);
                return super.visitThrow(tree, none);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
                unit.method(tree).ifPresent(method -> method.getThrownTypes().forEach(this::add));
                return super.visitMethodInvocation(tree, none);
            }

            @Override
            public Void visitNewClass(NewClassTree tree, Void none) {
                unit.method(tree).ifPresent(method -> method.getThrownTypes().forEach(this::add));
                return super.visitNewClass(tree, none);
            }

            @Override
            public Void visitTry(TryTree tree, Void none) {
                thrown.putAll(remaining(tree, tree.getCatches().size()));
                scan(tree.getCatches(), none);
                return scan(tree.getFinallyBlock(), none);
            }

            @Override
            public Void visitLambdaExpression(LambdaExpressionTree tree, Void none) {
                return null;
            }

            @Override
            public Void visitClass(ClassTree tree, Void none) {
                return null;
            }
        }.scan(trees, null);
        return thrown;
    }

    /** The cancels of a try block that its first catches leave. */
    private Map<String, TypeMirror> remaining(TryTree tree, int catches) {
        List<Tree> body = new ArrayList<>(tree.getResources());
        body.add(tree.getBlock());
        Map<String, TypeMirror> cancels = thrownBy(body);
        for (CatchTree earlier : tree.getCatches().subList(0, catches)) {
            for (TypeMirror caught : caught(earlier)) cancels.values().removeIf(cancel -> rules.isA(cancel, caught));
        }
        return cancels;
    }

    private List<TypeMirror> caught(CatchTree tree) {
        Tree type = tree.getParameter().getType();
        List<? extends Tree> alternatives =
                type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
        return alternatives.stream().flatMap(t -> unit.type(t).stream()).toList();
    }

    /** The cancels that a catch for all exceptions swallows; none if it throws them on. */
    List<String> swallowed(TryTree tree, int number) {
        CatchTree catching = tree.getCatches().get(number);
        List<TypeMirror> wide = caught(catching).stream()
                .filter(type -> rules.isA(rules.elementType(CANCEL), type))
                .toList();
        if (wide.isEmpty() || throwsOn(catching)) return List.of();
        return remaining(tree, number).entrySet().stream()
                .filter(cancel -> wide.stream().noneMatch(type -> rules.same(type, cancel.getValue()))) // on purpose
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a catch throws what it caught, keeps or returns it for others to throw it, or hands it to a method that may. */
    private boolean throwsOn(CatchTree tree) {
        Element caught = unit.element(tree.getParameter());
        Boolean found = new TreeScanner<Boolean, Void>() {
            @Override
            public Boolean visitThrow(ThrowTree thrown, Void none) {
                ExpressionTree what = strip(thrown.getExpression());
                boolean cancel = unit.type(what)
                        .filter(type -> type.getKind() == TypeKind.DECLARED && rules.isA(type, CANCEL))
                        .isPresent();
                return !(what instanceof NewClassTree) || cancel || super.visitThrow(thrown, none);
            }

            @Override
            public Boolean visitAssignment(AssignmentTree assignment, Void none) {
                return isCaught(assignment.getExpression()) || super.visitAssignment(assignment, none);
            }

            @Override
            public Boolean visitReturn(ReturnTree returned, Void none) {
                return gives(returned.getExpression()) || super.visitReturn(returned, none);
            }

            @Override
            public Boolean visitMethodInvocation(MethodInvocationTree call, Void none) {
                Optional<ExecutableElement> method = unit.method(call);
                Tree receiver = Unit.receiver(call);
                boolean keeps = method.isPresent()
                        && receiver != null
                        && call.getArguments().stream().anyMatch(this::isCaught)
                        && marks.has(Mark.KEEPS, method.get(), unit.type(receiver));
                boolean mayThrow = call.getArguments().stream().anyMatch(this::isCaught)
                        && method.isPresent()
                        && method.get().getThrownTypes().stream()
                                .anyMatch(type -> type.getKind() == TypeKind.TYPEVAR
                                        || rules.isA(type, CANCEL)
                                        || rules.isA(rules.elementType(CANCEL), type));
                return keeps || mayThrow || super.visitMethodInvocation(call, none);
            }

            /** What was caught, or what is made of it: {@code Optional.of(e)}. */
            private boolean gives(ExpressionTree value) {
                if (value instanceof NewClassTree made)
                    return made.getArguments().stream().anyMatch(this::isCaught);
                return value instanceof MethodInvocationTree made
                        ? made.getArguments().stream().anyMatch(this::isCaught)
                        : value != null && isCaught(value);
            }

            private boolean isCaught(ExpressionTree expression) {
                return strip(expression) instanceof IdentifierTree name
                        && unit.element(name) != null
                        && unit.element(name).equals(caught);
            }

            @Override
            public Boolean reduce(Boolean one, Boolean other) {
                return Boolean.TRUE.equals(one) || Boolean.TRUE.equals(other);
            }

            @Override
            public Boolean scan(Tree scanned, Void none) {
                return Boolean.TRUE.equals(super.scan(scanned, none));
            }
        }.scan(tree.getBlock(), null);
        return found;
    }

    private static ExpressionTree strip(ExpressionTree expression) {
        if (expression instanceof ParenthesizedTree t) return strip(t.getExpression());
        if (expression instanceof TypeCastTree t) return strip(t.getExpression());
        return expression;
    }
}
