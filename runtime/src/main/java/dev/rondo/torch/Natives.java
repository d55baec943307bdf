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
 * Finds the native libraries on the class path and loads them. Two things differ from what JavaCPP does by itself, and
 * both are for machines with another libtorch on the loader's path, on which the JVM would die: all libraries are
 * extracted before the first is loaded, and libtorch's own are loaded before those that need them, because the loader
 * looks for a dependency that is not loaded yet in {@code LD_LIBRARY_PATH} first.
 */
final class Natives {
    static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
    static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";

    /** Bytedeco's builds of libtorch 2.10. */
    private static final Set<String> PLATFORMS = Set.of("linux-x86_64", "macosx-arm64", "windows-x86_64");

    /** Dependencies first; the names under which JavaCPP looks them up, so that it finds them loaded. */
    private static final List<String> LOAD_ORDER =
            List.of("gomp@.1", "iomp5", "c10", "c10_cuda", "torch_cpu", "torch_cuda");

    private Natives() {}

    static void load() {
        boolean userSet = System.getProperty(MAX_PHYSICAL_BYTES) != null;
        // Before JavaCPP is initialised: otherwise it asks the kernel for the process's memory at each allocation.
        setDefault(MAX_PHYSICAL_BYTES, "0");
        String platform = Loader.Detector.getPlatform();
        // Without this, JavaCPP looks for CUDA in a process of the CPU build, too, and loads what it finds.
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
            if (onLibraryPath("jnitorch")) return; // plain files, without jars
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
            // '#': never the system's instead. One that cannot be loaded yet is loaded by JavaCPP, after its own search
            // for CUDA.
            if (url != null) Loader.loadLibrary(torch.class, new URL[] {url}, library + "#");
        }
    }

    private static String missing(String artifact, String platform) {
        return "The native libraries of %s for %s are not on the class path: add the jar org.bytedeco:%s with the classifier %s."
                .formatted(artifact, platform, artifact, platform);
    }

    private static String unsupported(String platform) {
        return "There is no build of libtorch for %s: bytedeco's run on %s."
                .formatted(
                        platform, String.join(", ", PLATFORMS.stream().sorted().toList()));
    }

    /**
     * Where a library, named in JavaCPP's way with its version behind an at sign, lies in the jars; null if it does
     * not.
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
