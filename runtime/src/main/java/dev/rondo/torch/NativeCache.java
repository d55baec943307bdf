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
 * The folder to which JavaCPP extracts native libraries. JavaCPP locks it, so that several JVMs can start at once, and compares size and
 * time of each file with those in the jar, so that files of an interrupted start are extracted again.
 */
final class NativeCache {
    private static final String SOLUTION = "name another folder with -Dorg.bytedeco.javacpp.cachedir=DIR.";

    private NativeCache() {}

    /** Extracts all libraries that are in the same folder of the same jar as one of these, unless they are already extracted. */
    static void extract(@Nullable URL... libraries) {
        // JavaCPP chooses the folder when it loads its first library.
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
     * Checks that the folder is usable. JavaCPP would otherwise try other folders, the last of them in /tmp, where any user may have put
     * files.
     */
    private static void checkFolder() {
        File folder = folder();
        // "?" is the JVM's home folder of a user without one.
        boolean usable = !folder.getPath().startsWith("?")
                && (folder.isDirectory() || folder.mkdirs())
                && folder.canRead()
                && folder.canWrite()
                && folder.canExecute();
        if (!usable) {
            throw new StartupException("The native libraries cannot be extracted to " + folder
                    + ", which cannot be created or is not writable: " + SOLUTION);
        }
    }

    /** The folder that the user configured, in one of JavaCPP's two spellings of the property, or the default. */
    static File folder() {
        String home = System.getProperty("user.home") + "/.javacpp/cache";
        String wish = System.getProperty(
                "org.bytedeco.javacpp.cachedir", System.getProperty("org.bytedeco.javacpp.cacheDir", home));
        return new File(wish);
    }

    /** Explains an error in the folder: no space left, no support for locks, or a file of another user. */
    static StartupException failure(IOException e) {
        File folder = folder();
        String message = "The native libraries could not be extracted to " + folder + ", where "
                + (folder.getUsableSpace() >> 20) + " MB are free (" + e.getMessage()
                + "): make room for 600 MB there, or " + SOLUTION;
        return new StartupException(message, e);
    }
}
