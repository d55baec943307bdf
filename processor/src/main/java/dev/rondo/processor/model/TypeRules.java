package dev.rondo.processor.model;

import dev.rondo.event.CancelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The questions about types that reading, checking and writing share. */
public final class TypeRules {
    private final Types types;
    private final Elements elements;

    public TypeRules(Types types, Elements elements) {
        this.types = types;
        this.elements = elements;
    }

    /** Whether generated code can assign a value to a variable without a warning: no raw types; primitives are converted. */
    public boolean fits(TypeMirror value, TypeMirror variable) {
        if (value.getKind() == TypeKind.VOID) return false;
        return value.getKind().isPrimitive() || variable.getKind().isPrimitive()
                ? types.isAssignable(value, variable)
                : types.isSubtype(value, variable);
    }

    public boolean same(TypeMirror one, TypeMirror other) {
        return types.isSameType(one, other);
    }

    public TypeElement element(TypeMirror type) {
        return (TypeElement) types.asElement(type);
    }

    public TypeMirror erasure(TypeMirror type) {
        return types.erasure(type);
    }

    /** Whether a type is a class or a subclass of it, type arguments aside. */
    public boolean isA(TypeMirror type, TypeMirror superclass) {
        return types.isSubtype(types.erasure(type), types.erasure(superclass));
    }

    public boolean isA(TypeMirror type, String superclass) {
        TypeElement element = elements.getTypeElement(superclass);
        return element != null && isA(type, element.asType());
    }

    /** The type of a class that must be there. */
    public TypeMirror elementType(String name) {
        return elements.getTypeElement(name).asType();
    }

    /** Whether an exception may leave a handler. */
    public boolean mayLeaveHandler(TypeMirror thrown) {
        return isA(thrown, RuntimeException.class.getName())
                || isA(thrown, Error.class.getName())
                || isA(thrown, CancelException.class.getName());
    }

    /** The type in a method's {@code throws} clause that is exactly this class, or a type variable bound by it. */
    public Optional<TypeMirror> thrown(ExecutableElement method, Class<? extends CancelException> type) {
        return method.getThrownTypes().stream()
                .filter(t -> types.erasure(t) instanceof DeclaredType d
                        && ((TypeElement) d.asElement()).getQualifiedName().contentEquals(type.getName()))
                .map(t -> (TypeMirror) t)
                .findFirst();
    }

    public boolean overrides(ExecutableElement method, ExecutableElement other, TypeElement in) {
        return elements.overrides(method, other, in);
    }

    public Optional<TypeElement> superclass(TypeElement type) {
        TypeMirror superclass = type.getSuperclass();
        return superclass.getKind() == TypeKind.DECLARED
                ? Optional.of((TypeElement) types.asElement(superclass))
                : Optional.empty();
    }

    /** A class, its superclasses, then their interfaces; one may occur several times. */
    public List<TypeElement> supertypes(TypeElement type) {
        List<TypeElement> found = new ArrayList<>();
        for (Optional<TypeElement> t = Optional.of(type); t.isPresent(); t = superclass(t.get())) found.add(t.get());
        for (int i = 0; i < found.size(); i++) {
            for (TypeMirror superinterface : found.get(i).getInterfaces()) {
                if (types.asElement(superinterface) instanceof TypeElement e && !found.contains(e)) found.add(e);
            }
        }
        return found;
    }

    /** The class, or the enclosing class, that generated code in the package of {@code user} cannot name; empty if it can name all. */
    public Optional<Element> hidden(TypeElement type, Element user) {
        boolean samePackage = elements.getPackageOf(type).equals(elements.getPackageOf(user));
        for (Element e = type; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
            boolean visible = samePackage
                    ? !e.getModifiers().contains(Modifier.PRIVATE)
                    : e.getModifiers().contains(Modifier.PUBLIC);
            if (!visible) return Optional.of(e);
        }
        return Optional.empty();
    }

    /** The same for a field, which must be visible itself. */
    public Optional<Element> hiddenMember(Element member, Element user) {
        boolean samePackage = elements.getPackageOf(member).equals(elements.getPackageOf(user));
        boolean visible = samePackage
                ? !member.getModifiers().contains(Modifier.PRIVATE)
                : member.getModifiers().contains(Modifier.PUBLIC);
        return visible ? hidden((TypeElement) member.getEnclosingElement(), user) : Optional.of(member);
    }

    /** The class that stands for a primitive type. */
    public TypeMirror boxed(TypeMirror primitive) {
        return types.boxedClass((PrimitiveType) primitive).asType();
    }

    /** Whether a type stands for a primitive type. */
    public boolean isBox(TypeMirror type) {
        try {
            types.unboxedType(type);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public boolean hasAnnotation(Element element, String annotation) {
        return element.getAnnotationMirrors().stream()
                .anyMatch(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(annotation));
    }

    public static boolean inPackage(TypeElement type, String name) {
        Element e = type;
        while (e.getKind() != ElementKind.PACKAGE) e = e.getEnclosingElement();
        return ((PackageElement) e).getQualifiedName().contentEquals(name);
    }

    /** The class as a type that a variable can have: {@code Foo<?>} for a generic one. */
    public DeclaredType wildcard(TypeElement type) {
        TypeMirror[] arguments = new TypeMirror[type.getTypeParameters().size()];
        for (int i = 0; i < arguments.length; i++) arguments[i] = types.getWildcardType(null, null);
        // Compilers differ in what they take for the type around a static class, so only an inner class is asked for
        // it.
        boolean inner = type.getKind() == ElementKind.CLASS
                && type.getEnclosingElement().getKind().isClass()
                && !type.getModifiers().contains(Modifier.STATIC);
        return inner
                ? types.getDeclaredType(wildcard((TypeElement) type.getEnclosingElement()), type, arguments)
                : types.getDeclaredType(type, arguments);
    }

    /** A method's type, seen from a class without its type arguments. */
    public ExecutableType methodType(TypeElement seenFrom, ExecutableElement method) {
        DeclaredType type = (DeclaredType) types.erasure(seenFrom.asType());
        return (ExecutableType) types.asMemberOf(type, method);
    }

    /** The type of a member, seen from a type with its type arguments. */
    public TypeMirror memberType(DeclaredType seenFrom, Element member) {
        return types.asMemberOf(seenFrom, member);
    }

    /** Whether a class has several methods of this name and number of parameters, so that a call must state exact types. */
    public boolean isOverloaded(TypeElement type, ExecutableElement method) {
        return elements.getAllMembers(type).stream()
                        .filter(e -> e.getKind() == ElementKind.METHOD
                                && e.getSimpleName().equals(method.getSimpleName()))
                        .filter(e -> ((ExecutableElement) e).isVarArgs()
                                || method.isVarArgs()
                                || ((ExecutableElement) e).getParameters().size()
                                        == method.getParameters().size())
                        .count()
                > 1;
    }

    /** A type as messages write it: without packages. */
    public static String display(TypeMirror type) {
        return type.toString().replaceAll("\\b(?:[a-z_][\\w]*\\.)+", "").replaceAll(",(?! )", ", ");
    }

    /** The same with its article: "an int". */
    public static String withArticle(TypeMirror type) {
        String name = display(type);
        return ("AEIOaeio".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }
}
