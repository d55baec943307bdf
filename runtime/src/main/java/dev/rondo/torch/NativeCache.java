package dev.rondo.torch;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Collections;
import java.util.jar.JarEntry;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * The folder to which JavaCPP extracts native libraries. JavaCPP locks it, so that several JVMs may start at once, and
 * compares size and time of each file with the jar's, so that what an interrupted start left behind is extracted again.
 */
final class NativeCache {
    private static final String WAY_OUT = "name another folder with -Dorg.bytedeco.javacpp.cachedir=DIR.";

    private NativeCache() {}

    /**
     * Extracts every library that lies in the same folder of the same jar as one of these, unless it is there already.
     */
    static void extract(@Nullable URL... libraries) {
        // Once JavaCPP has loaded something, its choice of the folder stands.
        if (Loader.getLoadedLibraries().isEmpty()) checkFolder();
        try {
            for (URL library : libraries) if (library != null) extractSiblings(library);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static void extractSiblings(URL library) throws IOException {
        if (!(library.openConnection() instanceof JarURLConnection connection)) {
            Loader.cacheResource(library);
            return;
        }
        String entry = connection.getEntryName();
        String folder = entry.substring(0, entry.lastIndexOf('/') + 1);
        for (JarEntry sibling : Collections.list(connection.getJarFile().entries())) {
            String name = sibling.getName();
            String file = name.substring(name.lastIndexOf('/') + 1);
            if (name.equals(folder + file) && isLibrary(file)) Loader.cacheResource(new URL(library, file));
        }
    }

    private static boolean isLibrary(String file) {
        return file.endsWith(".dll") || file.endsWith(".dylib") || file.endsWith(".so") || file.contains(".so.");
    }

    /**
     * JavaCPP would go on to the next folder it knows, in the end to one in /tmp that any user may have filled
     * beforehand.
     */
    private static void checkFolder() {
        File folder = folder();
        // "?" is what the JVM makes of a user without a home.
        boolean usable = !folder.getPath().startsWith("?")
                && (folder.isDirectory() || folder.mkdirs())
                && folder.canRead()
                && folder.canWrite()
                && folder.canExecute();
        if (!usable) {
            throw new StartupException("The native libraries cannot be extracted to " + folder
                    + ", which cannot be created or is not writable: " + WAY_OUT);
        }
    }

    /** The folder that the user wishes: JavaCPP's two spellings of the property, then its default. */
    static File folder() {
        String home = System.getProperty("user.home") + "/.javacpp/cache";
        String wish = System.getProperty(
                "org.bytedeco.javacpp.cachedir", System.getProperty("org.bytedeco.javacpp.cacheDir", home));
        return new File(wish);
    }

    /** Says what happened in the cache: no space left, no locks on this file system, a file of another user's. */
    static StartupException failure(IOException e) {
        File folder = folder();
        String message =
                "The native libraries could not be extracted to %s, where %d MB are free (%s): make room for 600 MB there, or %s"
                        .formatted(folder, folder.getUsableSpace() >> 20, e.getMessage(), WAY_OUT);
        return new StartupException(message, e);
    }
}
