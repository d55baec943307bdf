package dev.rondo.processor.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.processor.report.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples on the pages of the checks give what the pages say, with every compiler. */
class ChecksPagesIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theExamplesGiveWhatThePagesSay(TestedCompiler compiler) throws IOException {
        Job bad = new Job("bad");
        Job good = new Job("good");
        // Bodies are shown only where signatures have no errors.
        Job bodies = new Job("bodies").silentUnless(compiler.isJavac());
        Job rightBodies = new Job("right-bodies");
        List<Job> jobs = new ArrayList<>(List.of(bad, good, bodies, rightBodies));
        for (Page page : pages()) {
            for (Page.Example example : page.examples()) {
                if (example.is("javac")) page.addTo(example.bad() ? bodies : rightBodies, example);
                else if (page.goesWithAll()) page.addTo(example.bad() ? bad : good, example);
                else if (example.is("alone")) {
                    Job alone = new Job(page.key() + (example.bad() ? "-bad" : "-good"));
                    page.addTo(alone, example);
                    jobs.add(alone);
                }
            }
        }
        jobs.addAll(options());
        // ECJ overlooks the versioned module-info in bytedeco's jars.
        if (compiler.isJavac()) jobs.addAll(modules());
        List<TestedCompiler.Result> results = check(compiler, jobs);
        for (int i = 0; i < jobs.size(); i++) {
            if (jobs.get(i).name().equals("unknown-event-bad"))
                checkQuoted(results.get(i).messages().get(0).text());
        }
    }

    private static List<Job> options() {
        Page page = Page.of("option");
        Page any = Page.of("no-event");
        Job wrong = new Job("option-bad")
                .options(page.examples(true).get(0).text().strip())
                .expectWithoutPlace("option");
        Job right = new Job("option-good")
                .options(page.examples(false).get(0).text().strip());
        for (Job job : List.of(wrong, right)) any.examples(false).forEach(example -> any.addTo(job, example));
        return List.of(wrong, right);
    }

    private List<Job> modules() throws IOException {
        Page page = Page.of("module-provides");
        String modules = ModuleIT.modulePath(folder);
        Job wrong = new Job("module-bad").modulePath(modules);
        Job right = new Job("module-good").modulePath(modules);
        page.examples(true).forEach(example -> page.addTo(wrong, example));
        page.examples(false).forEach(example -> page.addTo(right, example));
        return List.of(wrong, right);
    }

    /** What the compilers say of an event that does not exist is theirs; the page quotes it. */
    private static void checkQuoted(String said) {
        String quoted = "`" + said.split("\\\\n")[0] + "`";
        assertTrue(Page.of("unknown-event").text().contains(quoted), quoted);
    }

    @ParameterizedTest
    @EnumSource
    void aLibraryWithAndWithoutTables(TestedCompiler compiler) {
        Page page = Page.of("missing-base-table");
        List<Job> libraries = new ArrayList<>();
        List<Job> users = new ArrayList<>();
        for (boolean bad : new boolean[] {true, false}) {
            Job library = new Job(bad ? "without" : "with");
            Job user = new Job("user-" + library.name())
                    .alsoOn(folder.resolve(library.name()).resolve("classes"));
            for (Page.Example example : page.examples(bad)) {
                page.addTo(example.is("library") ? library : user, example);
                if (example.is("without-processor")) library.options("-proc:none");
            }
            libraries.add(library);
            users.add(user);
        }
        check(compiler, libraries);
        check(compiler, users);
    }

    private static List<Page> pages() {
        return Stream.concat(Diagnostic.keys().stream(), Stream.of("unknown-event"))
                .map(Page::of)
                .toList();
    }

    private List<TestedCompiler.Result> check(TestedCompiler compiler, List<Job> jobs) {
        List<TestedCompiler.Result> results = compiler.compile(folder, jobs.toArray(Job[]::new));
        for (int i = 0; i < jobs.size(); i++) {
            assertEquals("", results.get(i).difference(jobs.get(i)), jobs.get(i).name());
        }
        return results;
    }
}
