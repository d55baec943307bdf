package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** Error messages of several systems' loaders, and their explanations. */
class LinkFailureTest {
    @Test
    void aCudaLibraryIsMissing() {
        assertExplained(
                "/c/libtorch_cuda.so: libcudnn.so.9: cannot open shared object file: No such file or directory",
                "libtorch's CUDA build could not be loaded: libcudnn.so.9 is missing: install CUDA 13 with cuDNN 9 and NCCL 2,"
                        + " or put the folders where they are into LD_LIBRARY_PATH, or use the CPU build.");
    }

    @Test
    void anotherLibraryIsMissing() {
        assertExplained(
                "/c/libc10.so: libstdc++.so.6: cannot open shared object file: No such file or directory",
                "libtorch could not be loaded: the library libstdc++.so.6 is missing on this system: install it.");
    }

    @Test
    void theSystemIsTooOld() {
        assertExplained(
                "/lib64/libc.so.6: version `GLIBC_2.35' not found (required by /c/libtorch_cuda.so)",
                "libtorch could not be loaded: it needs GLIBC_2.35, and this system's C or C++ library is older: use a newer"
                        + " system (glibc 2.35 is enough for every build).");
    }

    @Test
    void theSystemHasAnotherCLibrary() {
        String said =
                "Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /c/libc10.so)";
        assertExplained(
                said,
                "libtorch could not be loaded: its builds need glibc, and this system's C library is another (" + said
                        + "): use a system or container image with glibc.");
    }

    @Test
    void theReasonMayLieInTheCause() {
        Error cause =
                new UnsatisfiedLinkError("libcupti.so.13: cannot open shared object file: No such file or directory");
        LinkageError error =
                new UnsatisfiedLinkError("/c/libjnitorch.so: libtorch_cuda.so: cannot open shared object file");
        error.initCause(cause);
        StartupException explained = LinkFailure.explain(error);
        assertEquals(
                "libtorch's CUDA build could not be loaded: libcupti.so.13",
                explained.getMessage().split(" is missing")[0]);
        assertSame(error, explained.getCause());
    }

    @Test
    void aClassIsMissing() {
        StartupException explained =
                LinkFailure.explain(new NoClassDefFoundError("org/bytedeco/openblas/presets/openblas"));
        assertEquals(
                "libtorch could not be loaded: the class org/bytedeco/openblas/presets/openblas is missing from the class path",
                explained.getMessage());
    }

    private static void assertExplained(String said, String message) {
        assertEquals(
                message, LinkFailure.explain(new UnsatisfiedLinkError(said)).getMessage());
    }
}
