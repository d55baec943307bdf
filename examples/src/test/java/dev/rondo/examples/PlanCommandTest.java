package dev.rondo.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlanCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int plan(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "plan";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandLine commandLine = Main.commandLine();
        return commandLine
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DecayingPlan", "dev.rondo.examples.DecayingPlan", "dev.rondo.examples.DecayingPlan_Plan"})
    void aPlanIsPrintedAsATimetable(String name) {
        assertEquals(0, plan(name), err::toString);
        assertTrue(out.toString().startsWith("# DecayingPlan\n\n| event "), out::toString);
        assertTrue(out.toString().contains("| LinearDecay.decay "), out::toString);
    }

    @Test
    void whatIsNoPlanGetsOneLine() {
        assertEquals(1, plan("Decaying"));
        assertEquals(
                "rondo plan: There is no plan 'Decaying'; name the folder or jar that contains it with --classpath."
                        + " Available: dev.rondo.examples.DecayingPlan.\n",
                err.toString());
    }

    @Test
    void aFolderOfTheUsersIsLookedAt(@TempDir Path folder) throws IOException {
        Path plans = Files.createDirectories(folder.resolve("META-INF/rondo/plans"));
        Files.writeString(plans.resolve("p.Outer$Mine.md"), "# Mine\n");
        assertEquals(0, plan("Outer.Mine", "--classpath", folder.toString()), err::toString);
        assertEquals("# Mine\n", out.toString());
        assertEquals(1, plan("Mine", "-cp", folder + "/nothing"));
        assertTrue(err.toString().endsWith("/nothing, which is named by --classpath.\n"), err::toString);
    }
}
