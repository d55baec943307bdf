package dev.rondo.torch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A new JVM for a test of what happens once at start-up. */
final class Jvm {
    final ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);
    private final List<String> flags = new ArrayList<>();
    private Predicate<String> jars = name -> true;

    /** The exit status and the output. */
    record Result(int exit, String output) {}

    /** Sets a system property. */
    Jvm with(String property, Object value) {
        flags.add("-D" + property + "=" + value);
        return this;
    }

    Jvm withCache(Path folder) {
        return with("org.bytedeco.javacpp.cachedir", folder);
    }

    Jvm env(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    /** Removes jars whose name matches from the class path. */
    Jvm without(String regex) {
        jars = jars.and(name -> !name.matches(regex));
        return this;
    }

    /** Starts the JVM, as an argument of another command if {@code prefix} is not empty. */
    Process start(Class<?> main, String... prefix) throws IOException {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null"));
        command.add("--enable-native-access=ALL-UNNAMED"); // JDK 24 and later warn without it
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        return builder.command(command).start();
    }

    Result run(Class<?> main, String... prefix) throws IOException, InterruptedException {
        return await(start(main, prefix));
    }

    static Result await(Process process) throws IOException, InterruptedException {
        try (InputStream in = process.getInputStream()) {
            String output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        }
    }

    private String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> jars.test(new File(entry).getName()))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
