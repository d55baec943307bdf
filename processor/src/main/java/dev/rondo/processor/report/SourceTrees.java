package dev.rondo.processor.report;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.tools.Diagnostic.Kind;

/**
 * Places that the annotation processing API cannot express: the types in a {@code throws} clause. javac provides them through the Compiler
 * Tree API. Other compilers, and tools that wrap javac, do not.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/api/jdk.compiler/com/sun/source/util/Trees.html">Trees</a>
 */
abstract class SourceTrees {
    private static final SourceTrees NONE = new SourceTrees() {
        @Override
        boolean printAtThrown(Kind kind, String text, ExecutableElement method, int index) {
            return false;
        }
    };

    static SourceTrees of(ProcessingEnvironment environment) {
        try {
            return new OfJavac(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError e) {
            return NONE; // another compiler, or a run-time image without jdk.compiler
        }
    }

    /**
     * Prints a diagnostic at a type in a method's {@code throws} clause.
     *
     * @return false if nothing was printed, because the place is not known
     */
    abstract boolean printAtThrown(Kind kind, String text, ExecutableElement method, int index);

    private static final class OfJavac extends SourceTrees {
        private final Trees trees;

        OfJavac(Trees trees) {
            this.trees = trees;
        }

        @Override
        boolean printAtThrown(Kind kind, String text, ExecutableElement method, int index) {
            TreePath path = trees.getPath(method);
            if (path == null || !(path.getLeaf() instanceof MethodTree tree)) return false;
            List<? extends ExpressionTree> thrown = tree.getThrows();
            if (index >= thrown.size()) return false;
            trees.printMessage(kind, text, thrown.get(index), path.getCompilationUnit());
            return true;
        }
    }
}
