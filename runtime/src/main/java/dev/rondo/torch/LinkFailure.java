package dev.rondo.torch;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains why a library could not be loaded, in one sentence with a solution. */
final class LinkFailure {
    private static final Pattern NOT_FOUND = Pattern.compile("([\\w.+-]+): cannot open shared object file");
    private static final Pattern OLD_LIBRARY =
            Pattern.compile("version [`']((?:GLIBC|GLIBCXX|CXXABI)_[\\d.]+)' not found");
    private static final Pattern CUDA = Pattern.compile("lib(cu|nv|nccl).*");
    private static final Pattern OUR_OWN = Pattern.compile("lib(torch|c10|jni).*");
    private static final Pattern MUSL = Pattern.compile("Error relocating|Error loading shared library|ld-linux");

    private LinkFailure() {}

    static StartupException explain(LinkageError error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof IOException io) return NativeCache.failure(io);
            String message = message(t);
            if (message != null) return new StartupException(message, error);
        }
        String said = error instanceof NoClassDefFoundError
                ? "the class " + error.getMessage() + " is missing from the class path"
                : String.valueOf(error.getMessage());
        return new StartupException("libtorch could not be loaded: " + said, error);
    }

    private static @Nullable String message(Throwable t) {
        if (!(t instanceof UnsatisfiedLinkError)) return null;
        String text = String.valueOf(t.getMessage());
        Matcher old = OLD_LIBRARY.matcher(text);
        if (old.find()) {
            return "libtorch could not be loaded: it needs " + old.group(1)
                    + ", and this system's C or C++ library is older: use a newer system (glibc 2.35 is enough for every build).";
        }
        // before the next pattern, because musl also names the file that it cannot open
        if (MUSL.matcher(text).find()) {
            return "libtorch could not be loaded: its builds need glibc, and this system's C library is another ("
                    + text + "): use a system or container image with glibc.";
        }
        Matcher missing = NOT_FOUND.matcher(text);
        if (!missing.find()) return null;
        String library = missing.group(1);
        if (OUR_OWN.matcher(library).matches()) return null; // a consequence; the cause names the missing library
        if (CUDA.matcher(library).matches()) {
            return "libtorch's CUDA build could not be loaded: " + library
                    + " is missing: install CUDA 13 with cuDNN 9 and NCCL 2, or put"
                    + " the folders where they are into LD_LIBRARY_PATH, or use the CPU build.";
        }
        return "libtorch could not be loaded: the library " + library + " is missing on this system: install it.";
    }
}
