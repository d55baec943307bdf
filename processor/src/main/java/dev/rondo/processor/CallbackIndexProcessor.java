package dev.rondo.processor;

import com.google.auto.service.AutoService;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.write.IndexWriter;
import dev.rondo.processor.write.IndexWriter.Member;
import dev.rondo.processor.write.Marks;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic.Kind;
import javax.tools.StandardLocation;

/**
 * Collects the tables of a compilation in an index, and names the index in a service file.
 *
 * <p>It looks for tables, not for callbacks: what it finds exists. It writes in the first round that brings tables and no more callbacks,
 * not in the last, whose sources compilers warn about; if another processor adds callbacks later, they get a second index.
 */
@AutoService(Processor.class)
public final class CallbackIndexProcessor extends AbstractProcessor {
    private final SortedMap<String, String> pending = new TreeMap<>();
    private final SortedSet<String> indexes = new TreeSet<>();

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RondoNames.HANDLERS);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        try {
            collect(round);
            if (round.processingOver()) {
                if (!indexes.isEmpty()) writeServiceFile();
            } else if (!pending.isEmpty() && annotated(round, RondoNames.ON).isEmpty()) {
                writeIndexes();
            }
        } catch (RuntimeException | IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Kind.ERROR,
                            dev.rondo.processor.report.Diagnostic.INTERNAL.text(
                                    "the index of callbacks", Failures.describe(e)));
        }
        return true;
    }

    /** Notes the tables of this round: the name of the table by the name of the callback's class. */
    private void collect(RoundEnvironment round) {
        for (Element table : annotated(round, RondoNames.HANDLERS)) {
            for (ExecutableElement method : ElementFilter.methodsIn(table.getEnclosedElements())) {
                if (method.getSimpleName().contentEquals("of")) {
                    Element type = processingEnv
                            .getTypeUtils()
                            .asElement(method.getParameters().get(0).asType());
                    String binaryName = processingEnv
                            .getElementUtils()
                            .getBinaryName((TypeElement) type)
                            .toString();
                    pending.put(binaryName, table.toString());
                }
            }
        }
    }

    private void writeIndexes() throws IOException {
        List<Member> members = new ArrayList<>();
        pending.forEach((name, table) -> {
            TypeElement element = processingEnv.getElementUtils().getTypeElement(table);
            members.add(new Member(name, ClassName.get(element), element));
        });
        pending.clear();
        IndexWriter writer = new IndexWriter(new Marks(processingEnv.getElementUtils()));
        for (int start = 0; start < members.size(); start += IndexWriter.MAX_MEMBERS) {
            int end = Math.min(members.size(), start + IndexWriter.MAX_MEMBERS);
            JavaFile index = writer.write(members.subList(start, end));
            index.writeTo(processingEnv.getFiler());
            indexes.add(
                    index.packageName.isEmpty() ? index.typeSpec.name : index.packageName + "." + index.typeSpec.name);
        }
    }

    private void writeServiceFile() throws IOException {
        String file = "META-INF/services/" + RondoNames.CALLBACK_INDEX.canonicalName();
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", file)
                .openWriter()) {
            for (String index : indexes) out.write(index + "\n");
        }
    }

    private Set<? extends Element> annotated(RoundEnvironment round, String annotation) {
        TypeElement type = processingEnv.getElementUtils().getTypeElement(annotation);
        return type == null ? Set.of() : round.getElementsAnnotatedWith(type);
    }
}
