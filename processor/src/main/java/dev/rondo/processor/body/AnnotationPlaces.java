package dev.rondo.processor.body;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.rondo.processor.report.Place;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;

/** Where annotations, their values, and parameters stand. */
final class AnnotationPlaces {
    private static final String VALUE = "value";

    private final Trees trees;

    AnnotationPlaces(Trees trees) {
        this.trees = trees;
    }

    /** The place of an annotation on an element. */
    Optional<Place> annotation(Element element, AnnotationMirror mirror) {
        return Optional.ofNullable(trees.getPath(element, mirror))
                .map(path -> unit(path).place(element, path.getLeaf()));
    }

    /** The place of the n-th value of an annotation. */
    Optional<Place> value(Element element, AnnotationMirror mirror, int number) {
        TreePath path = trees.getPath(element, mirror);
        if (path == null || !(path.getLeaf() instanceof AnnotationTree tree)) return Optional.empty();
        return tree.getArguments().stream()
                .map(AnnotationPlaces::valueOf)
                .flatMap(Optional::stream)
                .findFirst()
                .map(value -> value instanceof NewArrayTree array ? array.getInitializers() : List.of(value))
                .filter(values -> number < values.size())
                .map(values -> unit(path).place(element, values.get(number)));
    }

    private static Optional<ExpressionTree> valueOf(ExpressionTree argument) {
        if (!(argument instanceof AssignmentTree named)) return Optional.of(argument);
        return named.getVariable().toString().equals(VALUE) ? Optional.of(named.getExpression()) : Optional.empty();
    }

    /** The place of a parameter. */
    Optional<Place> parameter(Element parameter) {
        return Optional.ofNullable(trees.getPath(parameter))
                .map(path -> unit(path).place(parameter, path.getLeaf()));
    }

    private Unit unit(TreePath path) {
        return new Unit(trees, path.getCompilationUnit());
    }
}
