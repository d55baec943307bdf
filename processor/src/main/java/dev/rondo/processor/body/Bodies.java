package dev.rondo.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** The trees of the members of classes that are compiled now. */
final class Bodies {
    private final Trees trees;
    private final Map<Element, Map<Element, Member>> classes = new HashMap<>();
    private final Set<Element> gone = new HashSet<>();

    /** A method or field with its tree. */
    record Member(Tree tree, Unit unit) {}

    /** A method that has a body. */
    record Body(MethodTree tree, Unit unit) {}

    Bodies(Trees trees) {
        this.trees = trees;
    }

    Optional<Body> of(ExecutableElement method) {
        return member(method)
                .filter(m -> m.tree instanceof MethodTree tree && tree.getBody() != null)
                .map(m -> new Body((MethodTree) m.tree, m.unit));
    }

    /** The declaration of a field. */
    Optional<Member> field(Element field) {
        return member(field).filter(m -> m.tree instanceof VariableTree);
    }

    private Optional<Member> member(Element element) {
        if (!(element.getEnclosingElement() instanceof TypeElement type)) return Optional.empty();
        return Optional.ofNullable(
                classes.computeIfAbsent(type, t -> members(type)).get(element));
    }

    private Map<Element, Member> members(TypeElement type) {
        Map<Element, Member> members = new HashMap<>();
        if (isGone(type)) return members;
        TreePath path = trees.getPath(type);
        if (path == null || !(path.getLeaf() instanceof ClassTree tree)) return members;
        Unit unit = new Unit(trees, path.getCompilationUnit());
        for (Tree member : tree.getMembers()) {
            if (!(member instanceof MethodTree || member instanceof VariableTree)) continue;
            Element element = unit.element(member);
            if (element != null) members.put(element, new Member(member, unit));
        }
        return members;
    }

    /** Whether this compilation makes a class from its source. */
    boolean isCompiledNow(TypeElement type) {
        return isGone(type) || trees.getPath(type) != null;
    }

    /** The superclass of a class; null for none. */
    static Element superclass(TypeElement type) {
        return type.getSuperclass() instanceof DeclaredType superclass ? superclass.asElement() : null;
    }

    /** Forgets the trees of a class and of those in it: the compiler changes them from now on. */
    void forget(TypeElement outermost) {
        gone.add(outermost);
        classes.clear();
    }

    private boolean isGone(TypeElement type) {
        for (Element e = type; e != null; e = e.getEnclosingElement()) {
            if (gone.contains(e)) return true;
        }
        return false;
    }
}
