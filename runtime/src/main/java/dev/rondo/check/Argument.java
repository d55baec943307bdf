package dev.rondo.check;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of arguments that are objects. */
public final class Argument {
    private Argument() {}

    /**
     * Returns an argument.
     *
     * @param name the name of the parameter
     * @throws NullPointerException if it is null
     */
    public static <T> T given(String name, @Nullable T argument) {
        if (argument == null) throw new NullPointerException("'" + name + "' must not be null.");
        return argument;
    }

    /**
     * Returns a copy of a list.
     *
     * @param name the name of the parameter
     * @throws NullPointerException if the list or an element is null
     */
    public static <T> List<T> all(String name, @Nullable List<T> arguments) {
        List<T> given = given(name, arguments);
        for (int i = 0; i < given.size(); i++) if (given.get(i) == null) given(name + "[" + i + "]", null);
        return List.copyOf(given);
    }

    /** {@link #all(String, List)} for an array. */
    public static <T> List<T> all(String name, T @Nullable [] arguments) {
        return all(name, Arrays.asList(given(name, arguments)));
    }

    /**
     * Returns a name.
     *
     * @param of what is named: the subject of the sentence
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is blank
     */
    public static String name(String of, @Nullable String name) {
        if (given("name", name).isBlank()) throw new IllegalArgumentException(of + " has a name that is not blank.");
        return name;
    }
}
