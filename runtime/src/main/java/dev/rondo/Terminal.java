package dev.rondo;

import java.io.Console;

/** Whether the program runs on a terminal. */
final class Terminal {
    private Terminal() {}

    /** Whether input and output are a terminal. */
    static boolean interactive() {
        Console console = System.console();
        if (console == null) return false;
        try { // since JDK 22 a console may have no terminal; Console.isTerminal tells
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
