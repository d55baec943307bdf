package dev.rondo.optim;

import org.bytedeco.javacpp.Pointer;

/** Native objects that an optimizer owns. */
final class Owned {
    private Owned() {}

    static void close(Pointer... pointers) {
        for (Pointer p : pointers) if (p != null) p.close();
    }
}
