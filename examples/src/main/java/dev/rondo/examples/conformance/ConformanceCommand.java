package dev.rondo.examples.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.examples.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rondo conformance IN OUT}: runs scenarios and writes what was observed. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Runs scenarios of scripted callbacks and writes what was observed.")
public final class ConformanceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IN", description = "JSON file with the scenarios.")
    private Path in;

    @Parameters(paramLabel = "OUT", description = "JSON file to write the observations to.")
    private Path out;

    @Override
    public Integer call() {
        Map<String, Object> results = new LinkedHashMap<>();
        for (Fields scenario : scenarios()) {
            try (ScenarioRunner runner = new ScenarioRunner(scenario)) {
                results.put(scenario.text("id"), runner.run());
            } catch (IllegalArgumentException e) {
                throw new UserException(in + ", scenario " + scenario.text("id") + ": " + e.getMessage(), e);
            }
        }
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("version", 1);
        output.put("results", results);
        try {
            Files.writeString(out, JSON.std.asString(output));
        } catch (IOException e) {
            throw new UserException("Cannot write " + out + ": " + UserException.reason(e) + ".", e);
        }
        System.out.println("scenarios=" + results.size());
        return 0;
    }

    private List<Fields> scenarios() {
        try {
            return Fields.of(JSON.std.mapFrom(Files.newInputStream(in))).objects("scenarios");
        } catch (IOException e) {
            throw new UserException("Cannot read scenarios from " + in + ": " + UserException.reason(e) + ".", e);
        }
    }
}
