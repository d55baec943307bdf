package dev.rondo.processor.read;

/** A declaration cannot be read yet: another processor may still generate a type that it names. */
public final class MissingTypeException extends Exception {
    private static final long serialVersionUID = 1;

    private final String typeName;

    MissingTypeException(String typeName) {
        super(typeName);
        this.typeName = typeName;
    }

    /** Where the compiler complains of the declaration itself: there is nothing to add. */
    static MissingTypeException saidByTheCompiler() {
        return new MissingTypeException("");
    }

    /** The name of the type, as far as the compiler knows it; empty where the compiler itself says what is wrong. */
    public String typeName() {
        return typeName;
    }
}
