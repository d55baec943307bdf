package dev.rondo.processor.read;

import java.util.List;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Finds the first type inside a type that does not exist (yet); the answer is its name, or null. */
final class MissingTypes extends SimpleTypeVisitor14<String, Void> {
    static void require(TypeMirror type) throws MissingTypeException {
        String missing = new MissingTypes().visit(type);
        if (missing != null) throw new MissingTypeException(missing);
    }

    static void require(List<? extends TypeMirror> types) throws MissingTypeException {
        for (TypeMirror type : types) require(type);
    }

    @Override
    public String visitError(ErrorType type, Void none) {
        return type.toString().replaceFirst("<.*", "");
    }

    @Override
    public String visitDeclared(DeclaredType type, Void none) {
        for (TypeMirror argument : type.getTypeArguments()) {
            String missing = visit(argument);
            if (missing != null) return missing;
        }
        return visit(type.getEnclosingType());
    }

    @Override
    public String visitArray(ArrayType type, Void none) {
        return visit(type.getComponentType());
    }

    @Override
    public String visitWildcard(WildcardType type, Void none) {
        String missing = type.getExtendsBound() == null ? null : visit(type.getExtendsBound());
        return missing != null || type.getSuperBound() == null ? missing : visit(type.getSuperBound());
    }
}
