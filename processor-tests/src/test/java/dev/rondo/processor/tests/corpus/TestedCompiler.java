package dev.rondo.processor.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The compilers that users have, each run in a JVM of its own. */
enum TestedCompiler {
    JAVAC_17(17, "javac"),
    JAVAC_25(25, "javac"),
    /** Eclipse's, on a Java that has no javac. */
    ECJ(17, CompilerDriver.ECJ);

    /** What a compilation says. */
    record Result(boolean success, List<Message> messages, Path folder) {
        /** Where this differs from what a job expects, one line each: what is missing, and what is too much. */
        String difference(Job job) {
            List<String> missing = new ArrayList<>(job.expected());
            StringBuilder tooMuch = new StringBuilder();
            for (Message message : messages) {
                if (!missing.remove(place(message) + " " + message.key()))
                    tooMuch.append("\n+ ").append(message);
            }
            String all = missing.stream().map(line -> "\n- " + line).collect(Collectors.joining()) + tooMuch;
            return all.isEmpty() && success == job.expected().isEmpty() ? all : success + all;
        }

        private String place(Message message) {
            if (message.file().isEmpty()) return "-";
            Path path = folder.resolve("src").relativize(Path.of(message.file()));
            return path.toString().replace('\\', '/') + ":" + message.line();
        }
    }

    private final int version;
    private final String compiler;

    TestedCompiler(int version, String compiler) {
        this.version = version;
        this.compiler = compiler;
    }

    boolean isJavac() {
        return compiler.equals("javac");
    }

    /** Compiles each job on its own. */
    List<Result> compile(Path folder, Job... jobs) {
        Optional<Path> jdk = Jdks.home(version);
        assumeTrue(jdk.isPresent(), "no JDK " + version + " is installed here");
        try {
            List<String> command =
                    new ArrayList<>(List.of(jdk.get().resolve("bin/java").toString(), "-Xmx1g"));
            if (!isJavac()) command.addAll(List.of("--limit-modules", "java.se,jdk.zipfs"));
            command.addAll(
                    List.of("-cp", System.getProperty("java.class.path"), CompilerDriver.class.getName(), compiler));
            List<Path> folders = new ArrayList<>();
            for (Job job : jobs) {
                folders.add(folder.resolve(job.name()));
                job.writeTo(folders.get(folders.size() - 1), options(), classPath("."));
            }
            folders.forEach(f -> command.add(f.toString()));
            Path log = folder.resolve("driver.log");
            int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            assertEquals(0, status, () -> read(log));
            return folders.stream().map(this::result).toList();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> options() {
        List<String> options =
                new ArrayList<>(List.of("--release", "17", "-processorpath", classPath("rondo-|/classes|javapoet")));
        if (isJavac())
            options.addAll(List.of(
                    "-Xlint:all,-path,-processing,-requires-automatic", "-Xmaxerrs", "9999", "-Xmaxwarns", "9999"));
        else options.add("-proceedOnError");
        return options;
    }

    private static String classPath(String pattern) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> java.util.regex.Pattern.compile(pattern)
                        .matcher(entry.replace('\\', '/'))
                        .find())
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Result result(Path folder) {
        List<String> lines = read(folder.resolve("diagnostics")).lines().toList();
        List<Message> messages = lines.stream()
                .skip(1)
                .map(Message::of)
                .filter(message ->
                        isJavac() || message.isOurs() || message.kind().equals("ERROR")) // ECJ's taste is its own
                .toList();
        return new Result(lines.get(0).equals("SUCCESS"), messages, folder);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
