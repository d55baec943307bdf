package dev.rondo.processor.body;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import dev.rondo.processor.body.Traits.Trait;
import dev.rondo.processor.body.Use.When;
import dev.rondo.processor.model.TypeRules;
import dev.rondo.processor.report.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;

/** Lists what a method does, in the sequence of its text, with what the code around each use says. */
final class BodyWalker extends TreeScanner<Void, Void> {
    private final Knowledge knowledge;
    private final Frame frame;
    private final Unit unit;
    private final Values values;
    private final Guards guards;
    private final Cancels cancels;
    private final Calls calls;
    private final Stores stores;
    private final List<Use> uses = new ArrayList<>();
    private final Set<Summary.Unseen> unseen = EnumSet.noneOf(Summary.Unseen.class);
    private Traits result = Traits.NEUTRAL;
    private Element element;
    private final Circumstances here = new Circumstances();

    BodyWalker(Knowledge knowledge, Frame frame) {
        this.knowledge = knowledge;
        this.frame = frame;
        unit = frame.unit();
        element = frame.declared();
        values = new Values(knowledge, frame);
        guards = new Guards(knowledge, frame, values);
        cancels = new Cancels(unit, knowledge.rules(), knowledge.marks());
        stores = new Stores(knowledge, frame, values, this);
        calls = new Calls(knowledge, frame, values, stores, this);
    }

    Summary walk(MethodTree method) {
        scan(method.getBody(), null);
        return new Summary(List.copyOf(uses), unseen, result, here.ensures());
    }

    // ---- what is found

    void add(Use use) {
        uses.add(use);
    }

    void addAll(Summary called, ExecutableElement method) {
        for (Use use : called.uses()) uses.add(use.within(when(), method));
        unseen.addAll(called.unseen());
    }

    void unseen(Summary.Unseen what) {
        unseen.add(what);
    }

    When when() {
        return here.when();
    }

    Place place(Tree tree) {
        return unit.place(element, tree);
    }

    // ---- code that runs under conditions

    @Override
    public Void visitIf(IfTree tree, Void none) {
        scan(tree.getCondition(), none);
        boolean whenTrue = guards.hold(tree.getCondition(), true);
        boolean whenFalse = guards.hold(tree.getCondition(), false);
        boolean asks = whenTrue || whenFalse;
        boolean left = Guards.leaves(tree.getThenStatement());
        boolean otherLeft = tree.getElseStatement() != null && Guards.leaves(tree.getElseStatement());
        if (left && whenFalse && Guards.fails(tree.getThenStatement())) here.ensure();
        branch(tree.getThenStatement(), whenTrue, asks, left);
        branch(tree.getElseStatement(), whenFalse, asks, otherLeft);
        if (left || otherLeft) here.decide();
        if (left && whenFalse || otherLeft && whenTrue) here.guard();
        return null;
    }

    @Override
    public Void visitExpressionStatement(ExpressionStatementTree tree, Void none) {
        super.visitExpressionStatement(tree, none);
        if (tree.getExpression() instanceof MethodInvocationTree call && guards.ensures(call)) {
            here.ensure();
            here.guard();
        }
        return null;
    }

    @Override
    public Void visitAssert(AssertTree tree, Void none) {
        super.visitAssert(tree, none);
        if (guards.hold(tree.getCondition(), true)) here.guard();
        return null;
    }

    private void branch(Tree tree, boolean guards) {
        branch(tree, guards, guards, false);
    }

    private void branch(Tree tree, boolean guards, boolean asks, boolean left) {
        if (tree != null) here.branch(() -> scan(tree, null), guards, asks, left);
    }

    private void function(LambdaExpressionTree lambda, boolean guards, boolean later) {
        Traits before = result;
        here.function(() -> scan(lambda.getBody(), null), guards, later);
        if (values.of(lambda.getBody()).has(Trait.LEARNER)) unseen(Summary.Unseen.LEARNER);
        result = before; // what the lambda returns
    }

    @Override
    public Void visitConditionalExpression(ConditionalExpressionTree tree, Void none) {
        scan(tree.getCondition(), none);
        branch(tree.getTrueExpression(), guards.hold(tree.getCondition(), true));
        branch(tree.getFalseExpression(), guards.hold(tree.getCondition(), false));
        return null;
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void none) {
        boolean and = tree.getKind() == Tree.Kind.CONDITIONAL_AND;
        if (!and && tree.getKind() != Tree.Kind.CONDITIONAL_OR) return super.visitBinary(tree, none);
        scan(tree.getLeftOperand(), none);
        branch(tree.getRightOperand(), guards.hold(tree.getLeftOperand(), and));
        return null;
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree tree, Void none) {
        scan(tree.getCondition(), none);
        branch(tree.getStatement(), guards.hold(tree.getCondition(), true));
        return null;
    }

    @Override
    public Void visitDoWhileLoop(DoWhileLoopTree tree, Void none) {
        scan(tree.getStatement(), none);
        return scan(tree.getCondition(), none);
    }

    @Override
    public Void visitForLoop(ForLoopTree tree, Void none) {
        scan(tree.getInitializer(), none);
        scan(tree.getCondition(), none);
        boolean holds = tree.getCondition() != null && guards.hold(tree.getCondition(), true);
        tree.getUpdate().forEach(update -> branch(update, holds));
        branch(tree.getStatement(), holds);
        return null;
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void none) {
        scan(tree.getExpression(), none);
        branch(tree.getStatement(), false);
        return null;
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void none) {
        scan(tree.getExpression(), none);
        return cases(tree.getExpression(), tree.getCases());
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void none) {
        scan(tree.getExpression(), none);
        return cases(tree.getExpression(), tree.getCases());
    }

    private Void cases(ExpressionTree selector, List<? extends CaseTree> cases) {
        boolean looks = guards.looksAtEvent(selector) || guards.mentions(selector);
        for (CaseTree c : cases) {
            boolean holds = looks;
            for (ExpressionTree condition : Guards.of(c)) {
                branch(condition, looks);
                holds |= guards.hold(condition, true);
            }
            here.branch(() -> body(c), holds, holds, false);
        }
        return null;
    }

    private void body(CaseTree tree) {
        if (tree.getStatements() != null) scan(tree.getStatements(), null);
        else scan(tree.getBody(), null);
    }

    @Override
    public Void visitTry(TryTree tree, Void none) {
        scan(tree.getResources(), none);
        here.catching(
                () -> scan(tree.getBlock(), none), tree.getCatches().stream().anyMatch(this::catchesAbsence));
        for (int i = 0; i < tree.getCatches().size(); i++) {
            CatchTree catching = tree.getCatches().get(i);
            List<String> swallowed = cancels.swallowed(tree, i);
            if (!swallowed.isEmpty()) {
                String type = catching.getParameter().getType().toString();
                add(new Use.Swallow(
                        type, swallowed, place(catching.getParameter().getType()), when()));
            }
            branch(catching.getBlock(), false);
        }
        return scan(tree.getFinallyBlock(), none);
    }

    /** Whether a catch expects that an attribute is absent. */
    private boolean catchesAbsence(CatchTree tree) {
        String absent = IllegalStateException.class.getName();
        return unit.type(tree.getParameter().getType())
                .filter(type -> type.getKind() == TypeKind.DECLARED
                        && knowledge.rules().isA(knowledge.rules().elementType(absent), type))
                .isPresent();
    }

    // ---- what is done

    @Override
    public Void visitVariable(VariableTree tree, Void none) {
        Element before = element;
        Element variable = unit.element(tree);
        if (variable != null) element = variable; // a suppression may stand on it
        super.visitVariable(tree, none);
        element = before;
        return null;
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void none) {
        if (tree.getExpression() != null && !here.later()) result = result.or(values.of(tree.getExpression()));
        super.visitReturn(tree, none);
        here.leave();
        return null;
    }

    @Override
    public Void visitThrow(ThrowTree tree, Void none) {
        super.visitThrow(tree, none);
        here.leave();
        return null;
    }

    @Override
    public Void visitAssignment(AssignmentTree tree, Void none) {
        stores.assignment(tree);
        boolean local = tree.getVariable() instanceof IdentifierTree name
                && values.root(name).isEmpty();
        if (!local && values.of(tree.getExpression()).has(Trait.LEARNER)) unseen(Summary.Unseen.LEARNER);
        return super.visitAssignment(tree, none);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void none) {
        Tree receiver = Unit.receiver(tree);
        scan(receiver, none);
        calls.call(tree);
        boolean runsNow = unit.method(tree).filter(calls::runsNow).isPresent();
        arguments(receiver, tree.getArguments(), runsNow);
        return null;
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void none) {
        scan(tree.getEnclosingExpression(), none);
        calls.creation(tree);
        arguments(null, tree.getArguments(), false);
        if (tree.getClassBody() != null) {
            unseen(Summary.Unseen.LEARNER);
            unseen(Summary.Unseen.CALLS);
        }
        return null;
    }

    @Override
    public Void visitNewArray(NewArrayTree tree, Void none) {
        List<? extends ExpressionTree> parts = tree.getInitializers() == null ? List.of() : tree.getInitializers();
        if (parts.stream().anyMatch(part -> values.of(part).has(Trait.LEARNER))) unseen(Summary.Unseen.LEARNER);
        return super.visitNewArray(tree, none);
    }

    private void arguments(Tree receiver, List<? extends ExpressionTree> arguments, boolean runsNow) {
        for (ExpressionTree argument : arguments) {
            if (runsNow && argument instanceof LambdaExpressionTree lambda) {
                values.bind(lambda, receiver == null ? Traits.UNKNOWN : values.of(receiver));
                function(lambda, receiver != null && guards.mentions(receiver), false); // as a filter may
            } else if (runsNow && argument instanceof MemberReferenceTree reference) {
                calls.reference(reference, receiver == null ? Traits.UNKNOWN : values.of(receiver));
            } else {
                scan(argument, null);
            }
        }
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree tree, Void none) {
        function(tree, false, true);
        return null;
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree tree, Void none) {
        scan(tree.getQualifierExpression(), none);
        if (values.of(tree.getQualifierExpression()).has(Trait.LEARNER)) unseen(Summary.Unseen.LEARNER);
        Optional<TypeElement> owner = unit.method(tree).map(m -> (TypeElement) m.getEnclosingElement());
        if (owner.isEmpty() || !TypeRules.inPackage(owner.get(), "java.lang")) unseen(Summary.Unseen.CALLS);
        return null;
    }

    /** A class in a body may do anything, at any time. */
    @Override
    public Void visitClass(ClassTree tree, Void none) {
        unseen(Summary.Unseen.LEARNER);
        unseen(Summary.Unseen.CALLS);
        return null;
    }
}
