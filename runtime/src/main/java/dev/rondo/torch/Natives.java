package dev.rondo.torch;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** Finds the native libraries on the class path, extracts all of them, then loads them. */
final class Natives {
    private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
    private static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";

    private Natives() {}

    static void load() {
        // Before the first class of JavaCPP is initialised: without this it asks the kernel for the process's memory at
        // each allocation.
        setDefault(MAX_PHYSICAL_BYTES, "0");
        String platform = Loader.Detector.getPlatform();
        boolean gpu = resource("pytorch", platform + "-gpu", System.mapLibraryName("jnitorch")) != null;
        setDefault(EXTENSION, gpu ? "-gpu" : "");
        try {
            extract("javacpp", platform, "jnijavacpp");
            extract("openblas", platform, "jniopenblas");
            extract("pytorch", platform + System.getProperty(EXTENSION), "jnitorch");
        } catch (IOException e) {
            throw new StartupException("The native libraries could not be extracted: " + e.getMessage(), e);
        }
        Loader.load(torch.class);
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) System.setProperty(key, value);
    }

    private static URL resource(String preset, String platform, String file) {
        return Natives.class.getClassLoader().getResource("org/bytedeco/" + preset + "/" + platform + "/" + file);
    }

    private static void extract(String preset, String platform, String library) throws IOException {
        URL url = resource(preset, platform, System.mapLibraryName(library));
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) return;
        JarFile jar = connection.getJarFile();
        String folder = new File(connection.getEntryName()).getParent() + "/";
        for (JarEntry entry : java.util.Collections.list(jar.entries())) {
            String name = entry.getName();
            if (name.startsWith(folder) && name.indexOf('/', folder.length()) < 0 && !entry.isDirectory()) {
                Loader.cacheResource(new URL(url, name.substring(folder.length())));
            }
        }
    }
}
