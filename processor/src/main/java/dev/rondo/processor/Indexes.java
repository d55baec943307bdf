package dev.rondo.processor;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import dev.rondo.processor.check.ModuleProvidesCheck;
import dev.rondo.processor.model.RondoNames;
import dev.rondo.processor.read.HandlerAnnotationReader;
import dev.rondo.processor.report.Printer;
import dev.rondo.processor.report.Reports;
import dev.rondo.processor.report.Severities;
import dev.rondo.processor.write.GeneratedMark;
import dev.rondo.processor.write.IndexWriter;
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
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.StandardLocation;

/**
 * The indexes of a compilation.
 *
 * <p>An index is written in the first round that has tables and no new callbacks. Compilers warn about sources that the last round writes. If
 * another processor adds callbacks later, they get another index.
 */
final class Indexes {
    private final ProcessingEnvironment environment;
    private final Elements elements;
    private final HandlerAnnotationReader handlerAnnotations;
    private final SortedMap<String, OfModule> modules = new TreeMap<>();

    /** The tables of one module, or of none. */
    private static final class OfModule {
        /** The tables that are in no index yet, by the names of the callback classes. */
        final SortedMap<String, String> pending = new TreeMap<>();

        final SortedSet<String> callbacks = new TreeSet<>();
        final SortedSet<String> indexes = new TreeSet<>();
    }

    Indexes(ProcessingEnvironment environment) {
        this.environment = environment;
        elements = environment.getElementUtils();
        handlerAnnotations = new HandlerAnnotationReader(elements);
    }

    /** @param annotations the annotation of tables, if this round has any */
    void process(Set<? extends TypeElement> annotations, RoundEnvironment round) throws IOException {
        Set<TypeElement> tables = new HashSet<>();
        for (TypeElement annotation : annotations) {
            tables.addAll(ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation)));
        }
        tables.stream().filter(handlerAnnotations::listsHandlers).forEach(this::collect);
        boolean last = round.processingOver();
        if (last || !bringsCallbacks(round, tables)) {
            for (String module : modules.keySet()) write(module, modules.get(module));
        }
        if (last && !modules.isEmpty()) {
            writeServiceFile();
            modules.forEach(this::check);
        }
    }

    private void collect(TypeElement table) {
        for (ExecutableElement method : ElementFilter.methodsIn(table.getEnclosedElements())) {
            if (!method.getSimpleName().contentEquals("of")) continue;
            TypeElement callback = (TypeElement) environment
                    .getTypeUtils()
                    .asElement(method.getParameters().get(0).asType());
            OfModule module = modules.computeIfAbsent(handlerAnnotations.moduleOfTable(table), m -> new OfModule());
            module.pending.put(elements.getBinaryName(callback).toString(), name(table));
            module.callbacks.add(name(callback));
        }
    }

    /** Whether more tables will be generated. An incremental build has existing tables beside sources that have none yet. */
    private boolean bringsCallbacks(RoundEnvironment round, Set<TypeElement> tables) {
        return ElementFilter.typesIn(round.getRootElements()).stream()
                .anyMatch(type -> !tables.contains(type) && handlerAnnotations.hasCallback(type));
    }

    private void write(String name, OfModule module) throws IOException {
        List<IndexWriter.Member> members = new ArrayList<>();
        module.pending.forEach((callback, table) -> {
            TypeElement element = elements.getTypeElement(table);
            members.add(new IndexWriter.Member(callback, ClassName.get(element), element));
        });
        module.pending.clear();
        IndexWriter writer = new IndexWriter(new GeneratedMark(elements));
        for (int start = 0; start < members.size(); start += IndexWriter.MAX_MEMBERS) {
            int end = Math.min(members.size(), start + IndexWriter.MAX_MEMBERS);
            List<IndexWriter.Member> part = members.subList(start, end);
            JavaFile index = writer.write(part, name.isEmpty() ? names(part) : name + " " + module.indexes.size());
            index.writeTo(environment.getFiler());
            String prefix = index.packageName.isEmpty() ? "" : index.packageName + ".";
            module.indexes.add(prefix + index.typeSpec.name);
        }
    }

    /**
     * The source of an index's name. Outside of modules, the members make it, so that the indexes of main and test classes differ. In a module,
     * the name of the module makes it: the declaration of the module contains it, so it must not change with each callback.
     */
    private static String names(List<IndexWriter.Member> members) {
        return members.stream().map(IndexWriter.Member::binaryName).collect(Collectors.joining("\n"));
    }

    private void writeServiceFile() throws IOException {
        String file = "META-INF/services/" + RondoNames.CALLBACK_INDEX.canonicalName();
        try (Writer out = environment
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", file)
                .openWriter()) {
            for (OfModule module : modules.values()) {
                for (String index : module.indexes) out.write(index + "\n");
            }
        }
    }

    private void check(String name, OfModule module) {
        if (name.isEmpty()) return;
        TypeElement callback = elements.getTypeElement(module.callbacks.first());
        Severities severities = new Severities(environment.getOptions());
        Reports reports = new Reports(Printer.of(environment), severities, callback);
        new ModuleProvidesCheck().check(elements.getModuleElement(name), callback, module.indexes, reports);
    }

    private static String name(TypeElement type) {
        return type.getQualifiedName().toString();
    }
}
