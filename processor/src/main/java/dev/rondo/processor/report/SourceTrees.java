package dev.rondo.processor.report;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import javax.tools.JavaFileObject;

/**
 * What the annotation processing API does not tell of sources: the places of types in a {@code throws} clause, and how classes share files.
 * javac tells it through the Compiler Tree API. Other compilers, and tools that wrap javac, do not.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/api/jdk.compiler/com/sun/source/util/Trees.html">Trees</a>
 */
public abstract class SourceTrees {
    private static final SourceTrees NONE = new SourceTrees() {
        @Override
        boolean printAtThrown(Kind kind, String text, ExecutableElement method, int index) {
            return false;
        }

        @Override
        public boolean isAuxiliary(TypeElement type) {
            return false;
        }

        @Override
        public boolean isInCompactFile(TypeElement type) {
            return false;
        }
    };

    public static SourceTrees of(ProcessingEnvironment environment) {
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

    /** Whether the file of a class, or of the class around it, is named after another class. */
    public abstract boolean isAuxiliary(TypeElement type);

    /**
     * Whether a class is a member of a compact source file, so that no other file can name it.
     *
     * @see <a href="https://openjdk.org/jeps/512">JEP 512: Compact Source Files and Instance Main Methods</a>
     */
    public abstract boolean isInCompactFile(TypeElement type);

    private static TypeElement outermost(TypeElement type) {
        Element e = type;
        while (e.getEnclosingElement() != null && e.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
            e = e.getEnclosingElement();
        }
        return (TypeElement) e;
    }

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

        @Override
        public boolean isAuxiliary(TypeElement type) {
            TypeElement outermost = outermost(type);
            TreePath path = trees.getPath(outermost);
            return path != null
                    && !path.getCompilationUnit()
                            .getSourceFile()
                            .isNameCompatible(outermost.getSimpleName().toString(), JavaFileObject.Kind.SOURCE);
        }

        /** javac shows the class of a compact file like any other, so the source itself must tell that it declares no such class. */
        @Override
        public boolean isInCompactFile(TypeElement type) {
            TypeElement outermost = outermost(type);
            boolean mayBe = outermost != type
                    && ((PackageElement) outermost.getEnclosingElement()).isUnnamed()
                    && outermost.getModifiers().equals(Set.of(Modifier.FINAL));
            TreePath path = mayBe ? trees.getPath(outermost) : null;
            if (path == null) return false;
            String declaration = "\\b(class|record|enum|interface)\\s+" + outermost.getSimpleName() + "\\b";
            try {
                CharSequence source = path.getCompilationUnit().getSourceFile().getCharContent(true);
                return !Pattern.compile(declaration).matcher(source).find();
            } catch (IOException e) {
                return false;
            }
        }
    }
}
