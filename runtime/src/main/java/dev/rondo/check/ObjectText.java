package dev.rondo.check;

/** Objects of a program in texts. */
public final class ObjectText {
    private ObjectText() {}

    /** The text of an object or, if its class defines none, the name of the class, without the hash code, which changes in each run. */
    public static String of(Object object) {
        String text = object.toString();
        Class<?> type = object.getClass();
        if (text == null) return name(type);
        return text.equals(type.getName() + "@" + Integer.toHexString(object.hashCode())) ? name(type) : text;
    }

    /** The name of a class without its package: {@code Net}, {@code Net.Head}, {@code Main$1}, or {@code a lambda of Main}. */
    public static String name(Class<?> type) {
        String full = type.getName();
        String own =
                full.substring(full.lastIndexOf('.', full.indexOf('/') < 0 ? full.length() : full.indexOf('/')) + 1);
        int lambda = own.indexOf("$$Lambda");
        if (lambda >= 0) return "a lambda of " + own.substring(0, lambda);
        return type.isAnonymousClass() || type.isHidden() ? own : nested(type);
    }

    private static String nested(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return outer == null ? type.getSimpleName() : nested(outer) + "." + type.getSimpleName();
    }
}
