package dev.rondo.processor.body;

import com.google.auto.service.AutoService;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import dev.rondo.processor.report.Severities;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the bodies of callbacks when javac has attributed them. javac starts it by itself from the processor path; other compilers have no
 * such door.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/api/jdk.compiler/com/sun/source/util/Plugin.html">Plugin</a>
 */
@AutoService(Plugin.class)
public final class BodyPlugin implements Plugin {
    @Override
    public String getName() {
        return "RondoBodies";
    }

    @Override
    public boolean autoStart() {
        return true;
    }

    @Override
    public void init(JavacTask task, String... arguments) {
        BodyOptions.expect();
        task.addTaskListener(new Listener(task));
    }

    /** An exception that leaves a listener ends the compiler, so none does. */
    private static final class Listener implements TaskListener {
        private final JavacTask task;
        /** Null before the first class; empty if bodies are not checked. */
        private Optional<BodyAnalysis> analysis;

        Listener(JavacTask task) {
            this.task = task;
        }

        @Override
        public void finished(TaskEvent event) {
            if (event.getKind() == TaskEvent.Kind.COMPILATION) BodyOptions.take();
            if (event.getKind() != TaskEvent.Kind.ANALYZE || event.getTypeElement() == null) return;
            if (analysis == null) {
                Optional<Map<String, String>> options = BodyOptions.take();
                analysis = options.filter(Severities::checksBodies).map(o -> new BodyAnalysis(task, o));
            }
            analysis.ifPresent(a -> a.analyze(event.getCompilationUnit(), event.getTypeElement()));
        }
    }
}
