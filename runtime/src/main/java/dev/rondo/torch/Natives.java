package dev.rondo.torch;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Finds and loads the native libraries on the class path. It differs from JavaCPP's loading in two ways, for machines with another libtorch
 * in the loader's path, which would crash the JVM. All libraries are extracted before the first is loaded. And libtorch's own libraries are
 * loaded before those that depend on them, because the loader searches {@code LD_LIBRARY_PATH} first for dependencies that are not loaded.
 */
final class Natives {
    static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
    static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";

    /** The platforms of Bytedeco's builds of libtorch 2.10. */
    private static final Set<String> PLATFORMS =
            Set.of("linux-x86_64", "macosx-arm64", "macosx-x86_64", "windows-x86_64");

    /** Dependencies first. The names are those that JavaCPP looks up, so that it finds the libraries loaded. */
    private static final List<String> LOAD_ORDER =
            List.of("gomp@.1", "iomp5", "c10", "c10_cuda", "torch_cpu", "torch_cuda");

    private Natives() {}

    static void load() {
        boolean userSet = System.getProperty(MAX_PHYSICAL_BYTES) != null;
        // Before JavaCPP is initialized: it would ask the kernel for the memory of the process at each allocation.
        setDefault(MAX_PHYSICAL_BYTES, "0");
        String platform = Loader.Detector.getPlatform();
        // Without this, JavaCPP also looks for CUDA with the CPU build, and loads what it finds.
        setDefault(EXTENSION, resource("pytorch", platform + "-gpu", "jnitorch") == null ? "" : "-gpu");

        extract(platform);
        try {
            Loader.load(openblas.class);
            loadInOrder(platform + System.getProperty(EXTENSION));
            Loader.load(torch.class);
        } catch (LinkageError e) {
            throw LinkFailure.explain(e);
        }
        if (!userSet && Pointer.maxPhysicalBytes() > 0) {
            String warning =
                    "JavaCPP was used before Torch.start() and so checks the process's memory at every allocation, which"
                            + " costs 2 µs each and fails above 4 times -Xmx: call Torch.start() first, or set -D{}=0.";
            LoggerFactory.getLogger(Torch.class).warn(warning, MAX_PHYSICAL_BYTES);
        }
    }

    private static void extract(String platform) {
        String torchPlatform = platform + System.getProperty(EXTENSION);
        URL jnitorch = resource("pytorch", torchPlatform, "jnitorch");
        if (jnitorch == null) {
            if (onLibraryPath("jnitorch")) return; // plain files instead of jars
            throw new StartupException(
                    PLATFORMS.contains(platform) ? missing("pytorch", torchPlatform) : unsupported(platform));
        }
        URL jniopenblas = resource("openblas", platform, "jniopenblas");
        if (jniopenblas == null && !onLibraryPath("jniopenblas"))
            throw new StartupException(missing("openblas", platform));
        NativeCache.extract(resource("javacpp", platform, "jnijavacpp"), jniopenblas, jnitorch);
    }

    private static void loadInOrder(String platform) {
        for (String library : LOAD_ORDER) {
            URL url = resource("pytorch", platform, library);
            // '#' excludes the system's libraries. JavaCPP loads a library that cannot be loaded yet after its own
            // search for CUDA.
            if (url != null) Loader.loadLibrary(torch.class, new URL[] {url}, library + "#");
        }
    }

    private static String missing(String artifact, String platform) {
        return "The native libraries of " + artifact + " for " + platform
                + " are not on the class path: add the dependency dev.rondo:rondo-natives-" + platform
                + " (in Maven with the type pom).";
    }

    private static String unsupported(String platform) {
        return "There is no build of libtorch for " + platform + ": bytedeco's run on "
                + String.join(", ", PLATFORMS.stream().sorted().toList()) + ".";
    }

    /**
     * The URL of a library in the jars; null if no jar has it.
     *
     * @param library JavaCPP's name, with the version after an at sign
     */
    private static @Nullable URL resource(String preset, String platform, String library) {
        String[] nameAndVersion = library.split("@");
        String file = System.mapLibraryName(nameAndVersion[0]) + (nameAndVersion.length > 1 ? nameAndVersion[1] : "");
        return Natives.class.getClassLoader().getResource("org/bytedeco/" + preset + "/" + platform + "/" + file);
    }

    private static boolean onLibraryPath(String library) {
        for (String folder : System.getProperty("java.library.path", "").split(System.getProperty("path.separator"))) {
            if (!folder.isEmpty() && Files.exists(Path.of(folder, System.mapLibraryName(library)))) return true;
        }
        return false;
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) System.setProperty(key, value);
    }
}
