package dev.rondo.examples;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo plan CLASS}: prints the timetable that the processor wrote for a plan. It does not load the plan's class. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Prints the timetable of a training plan: the order of all handler calls, and what each reads, writes and cancels.")
public final class PlanCommand implements Callable<Integer> {
    private static final String FOLDER = "META-INF/rondo/plans/";
    private static final String SUFFIX = ".md";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLASS", description = "Type annotated with @TrainingPlan, with or without its package.")
    private String name;

    @Option(
            names = {"-cp", "--classpath"},
            paramLabel = "PATH",
            description =
                    "Folders and jars that contain the plan, separated as in a Java class path. Without it, the plans of Rondo are searched.")
    private String classpath;

    @Override
    public Integer call() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(classpathUrls(), PlanCommand.class.getClassLoader())) {
            SortedSet<String> plans = plans(loader);
            List<String> matching = plans.stream().filter(this::matches).toList();
            if (matching.size() != 1) throw noSinglePlan(matching, plans);
            try (InputStream timetable = loader.getResourceAsStream(FOLDER + matching.get(0) + SUFFIX)) {
                spec.commandLine().getOut().print(new String(timetable.readAllBytes(), StandardCharsets.UTF_8));
                spec.commandLine().getOut().flush();
            }
        }
        return 0;
    }

    /** Returns whether the user's name refers to a plan: its full name, its name without the package, or that of its generated class. */
    private boolean matches(String plan) {
        String wanted = name.replace('$', '.').replaceFirst("_Plan$", "");
        String known = plan.replace('$', '.');
        String generated = plan.substring(0, plan.lastIndexOf('.') + 1)
                + plan.substring(plan.lastIndexOf('.') + 1).replace('$', '_');
        return Stream.of(known, generated)
                .anyMatch(candidate -> candidate.equals(wanted) || candidate.endsWith("." + wanted));
    }

    private UserException noSinglePlan(List<String> matching, SortedSet<String> plans) {
        if (!matching.isEmpty())
            return new UserException("Several plans are called '" + name + "': " + String.join(", ", matching) + ".");
        String where =
                classpath == null ? "; name the folder or jar that contains it with --classpath" : " in " + classpath;
        String available = plans.isEmpty() ? "." : ". Available: " + String.join(", ", plans) + ".";
        return new UserException("There is no plan '" + name + "'" + where + available);
    }

    private URL[] classpathUrls() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classpath == null ? new String[0] : classpath.split(File.pathSeparator)) {
            if (!Files.exists(Path.of(entry)))
                throw new UserException("There is no " + entry + ", which is named by --classpath.");
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Returns the binary names of all plans on the class path. */
    private static SortedSet<String> plans(ClassLoader loader) throws IOException {
        SortedSet<String> files = new TreeSet<>();
        for (URL folder : Collections.list(loader.getResources(FOLDER))) {
            if (folder.openConnection() instanceof JarURLConnection jar) {
                for (JarEntry entry : Collections.list(jar.getJarFile().entries())) {
                    if (entry.getName().startsWith(FOLDER))
                        files.add(entry.getName().substring(FOLDER.length()));
                }
            } else {
                try (Stream<Path> listed = Files.list(Path.of(URI.create(folder.toString())))) {
                    listed.forEach(file -> files.add(file.getFileName().toString()));
                }
            }
        }
        SortedSet<String> names = new TreeSet<>();
        for (String file : files) {
            if (file.endsWith(SUFFIX)) names.add(file.substring(0, file.length() - SUFFIX.length()));
        }
        return names;
    }
}
