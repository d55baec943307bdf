package dev.rondo.processor.body;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.rondo.processor.report.Place;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic.Kind;

/** A compilation unit, whose trees are attributed: what names in it mean, and the types of expressions. */
final class Unit {
    private final Trees trees;
    private final CompilationUnitTree tree;
    private final TreePath root;

    Unit(Trees trees, CompilationUnitTree tree) {
        this.trees = trees;
        this.tree = tree;
        root = new TreePath(tree);
    }

    /** What a name, a call or a declaration means; null if unknown. */
    Element element(Tree of) {
        // javac looks only at the leaf of the path, so the way to it can be left out.
        return trees.getElement(new TreePath(root, of));
    }

    /** The method or constructor that a call or a method reference means. */
    Optional<ExecutableElement> method(Tree of) {
        return element(of) instanceof ExecutableElement method ? Optional.of(method) : Optional.empty();
    }

    /** The type of an expression; empty if it has faults. */
    Optional<TypeMirror> type(Tree of) {
        TypeMirror type = trees.getTypeMirror(new TreePath(root, of));
        return Optional.ofNullable(type).filter(t -> t.getKind() != TypeKind.ERROR);
    }

    /** The place of a tree inside of an element: for a call, that of the method's name. */
    Place place(Element inside, Tree at) {
        Tree narrow = at instanceof MethodInvocationTree call ? call.getMethodSelect() : at;
        return new Place.OfSpot(inside, new Spot(trees, narrow, tree));
    }

    /** Where the called method's name stands, or the operand of a method reference. */
    static Tree receiver(Tree call) {
        if (call instanceof MemberReferenceTree reference) return reference.getQualifierExpression();
        Tree select = call instanceof MethodInvocationTree invocation ? invocation.getMethodSelect() : call;
        return select instanceof com.sun.source.tree.MemberSelectTree member ? member.getExpression() : null;
    }

    private record Spot(Trees trees, Tree tree, CompilationUnitTree unit) implements Place.Spot {
        @Override
        public void print(Kind kind, String text) {
            trees.printMessage(kind, text, tree, unit);
        }
    }
}
