package dev.rondo.processor.write;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The mark of generated sources, {@code @Generated}, without a date: the same input gives the same output. */
public final class GeneratedMark {
    public static final String GENERATED = "javax.annotation.processing.Generated";

    private static final String PREFIX = "dev.rondo.processor.";

    private final Elements elements;
    private final Set<String> declaredModules = new HashSet<>();

    public GeneratedMark(Elements elements) {
        this.elements = elements;
    }

    /** Empty in a module that does not read java.compiler, which has the annotation. */
    Optional<AnnotationSpec> generated(Element user, String processor) {
        ModuleElement module = elements.getModuleOf(user);
        TypeElement generated =
                module == null ? elements.getTypeElement(GENERATED) : elements.getTypeElement(module, GENERATED);
        return Optional.ofNullable(generated).map(type -> AnnotationSpec.builder(ClassName.get(type))
                .addMember("value", "$S", PREFIX + processor)
                .build());
    }

    /** Records that the declaration of a module is among the sources. */
    public void declared(ModuleElement module) {
        declaredModules.add(module.getQualifiedName().toString());
    }

    /** The module of an element, if the module's declaration is among the sources. */
    Optional<String> declaredModule(Element element) {
        return Optional.ofNullable(elements.getModuleOf(element))
                .map(module -> module.getQualifiedName().toString())
                .filter(declaredModules::contains);
    }

    /** Whether an element is compiled as part of a named module. */
    boolean inModule(Element element) {
        ModuleElement module = elements.getModuleOf(element);
        return module != null && !module.isUnnamed();
    }

    /** Whether an element carries this mark, and not that of another processor. */
    public static boolean isOurs(Element element) {
        return element.getAnnotationMirrors().stream()
                .filter(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(GENERATED))
                .flatMap(mirror -> mirror.getElementValues().values().stream())
                .allMatch(value -> value.toString().contains(PREFIX));
    }
}
