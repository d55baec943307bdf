package dev.rondo.processor;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import dev.rondo.processor.check.ModuleProvidesCheck;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.read.MarkReader;
import dev.rondo.processor.report.Printer;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.report.Severities;
import dev.rondo.processor.write.IndexWriter;
import dev.rondo.processor.write.Marks;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * The indexes of a compilation.
 *
 * <p>They are written in the first round that brings tables and no more callbacks, not in the last, whose sources compilers warn about.
 * If another processor adds callbacks later, they get an index of their own.
 */
final class Indexes {
    private final ProcessingEnvironment environment;
    private final Elements elements;
    private final MarkReader marks;
    private final SortedMap<String, String> pending = new TreeMap<>();
    private final SortedSet<String> indexes = new TreeSet<>();
    private final SortedSet<String> callbacks = new TreeSet<>();
    private String declaredModule;

    Indexes(ProcessingEnvironment environment) {
        this.environment = environment;
        elements = environment.getElementUtils();
        marks = new MarkReader(elements);
    }

    /** @param annotations those of tables, if there are any in this round */
    void process(Set<? extends TypeElement> annotations, RoundEnvironment round) throws IOException {
        for (ModuleElement module : ElementFilter.modulesIn(round.getRootElements())) {
            declaredModule = module.getQualifiedName().toString();
        }
        Set<TypeElement> tables = new HashSet<>();
        for (TypeElement annotation : annotations) {
            tables.addAll(ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation)));
        }
        tables.forEach(this::collect);
        boolean last = round.processingOver();
        if (!pending.isEmpty() && (last || !bringsCallbacks(round, tables))) writePending();
        if (last && !indexes.isEmpty()) {
            writeServiceFile();
            if (declaredModule != null) checkModule();
        }
    }

    /** Notes a table: its name by the name of the callback's class. */
    private void collect(TypeElement table) {
        for (ExecutableElement method : ElementFilter.methodsIn(table.getEnclosedElements())) {
            if (!method.getSimpleName().contentEquals("of")) continue;
            TypeElement callback = (TypeElement) environment
                    .getTypeUtils()
                    .asElement(method.getParameters().get(0).asType());
            pending.put(elements.getBinaryName(callback).toString(), name(table));
            callbacks.add(name(callback));
        }
    }

    /** Whether tables are still to come. Incremental builds hand over tables that exist beside sources that have none yet. */
    private boolean bringsCallbacks(RoundEnvironment round, Set<TypeElement> tables) {
        return ElementFilter.typesIn(round.getRootElements()).stream()
                .anyMatch(type -> !tables.contains(type) && marks.hasCallback(type));
    }

    private void writePending() throws IOException {
        List<IndexWriter.Member> members = new ArrayList<>();
        pending.forEach((callback, table) -> {
            TypeElement element = elements.getTypeElement(table);
            members.add(new IndexWriter.Member(callback, ClassName.get(element), element));
        });
        pending.clear();
        IndexWriter writer = new IndexWriter(new Marks(elements));
        for (int start = 0; start < members.size(); start += IndexWriter.MAX_MEMBERS) {
            int end = Math.min(members.size(), start + IndexWriter.MAX_MEMBERS);
            List<IndexWriter.Member> part = members.subList(start, end);
            JavaFile index = writer.write(part, identity(part));
            index.writeTo(environment.getFiler());
            String prefix = index.packageName.isEmpty() ? "" : index.packageName + ".";
            indexes.add(prefix + index.typeSpec.name);
        }
    }

    /**
     * What the name of an index is made from. In a module it is written down by hand, and must not change with each callback; tests that
     * are compiled into the module do not compile its declaration, and get another name.
     */
    private String identity(List<IndexWriter.Member> members) {
        return declaredModule == null
                ? members.stream().map(IndexWriter.Member::binaryName).collect(Collectors.joining("\n"))
                : "module " + declaredModule + " " + indexes.size();
    }

    private void writeServiceFile() throws IOException {
        String file = "META-INF/services/" + RondoNames.CALLBACK_INDEX.canonicalName();
        try (Writer out = environment
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", file)
                .openWriter()) {
            for (String index : indexes) out.write(index + "\n");
        }
    }

    private void checkModule() {
        TypeElement callback = elements.getTypeElement(callbacks.first());
        Severities severities = new Severities(environment.getOptions());
        new ModuleProvidesCheck()
                .check(
                        elements.getModuleElement(declaredModule),
                        callback,
                        indexes,
                        new Reports(Printer.of(environment), severities, callback));
    }

    private static String name(TypeElement type) {
        return type.getQualifiedName().toString();
    }
}
