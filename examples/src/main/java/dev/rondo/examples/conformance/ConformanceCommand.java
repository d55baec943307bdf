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
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rondo conformance IN OUT}: plays scenarios or numeric cases, and writes what was observed. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Plays scenarios of scripted callbacks, or numeric cases, and writes what was observed.")
public final class ConformanceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IN", description = "JSON file with the scenarios or the cases.")
    private Path in;

    @Parameters(paramLabel = "OUT", description = "JSON file to write the observations to.")
    private Path out;

    @Override
    public Integer call() {
        Fields input = read();
        if (input.has("cases")) play(input.objects("cases"), "case", ValueCases::play, "values");
        else play(input.objects("scenarios"), "scenario", ConformanceCommand::run, "results");
        return 0;
    }

    private static List<Object> run(Fields scenario) {
        try (ScenarioRunner runner = new ScenarioRunner(scenario)) {
            return runner.run();
        }
    }

    /** @param key the key of the observations in the output */
    private void play(List<Fields> inputs, String what, Function<Fields, List<Object>> player, String key) {
        Map<String, Object> observed = new LinkedHashMap<>();
        for (Fields input : inputs) {
            String id = input.text("id");
            try {
                observed.put(id, player.apply(input));
            } catch (IllegalArgumentException e) {
                throw new UserException(in + ", " + what + " " + id + ": " + e.getMessage(), e);
            }
        }
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("version", 1);
        output.put(key, observed);
        try {
            Files.writeString(out, JSON.std.asString(output));
        } catch (IOException e) {
            throw new UserException("Cannot write " + out + ": " + UserException.reason(e) + ".", e);
        }
        System.out.println(what + "s=" + observed.size());
    }

    private Fields read() {
        try {
            return Fields.of(JSON.std.mapFrom(Files.newInputStream(in)));
        } catch (IOException e) {
            throw new UserException(
                    "Cannot read scenarios or cases from " + in + ": " + UserException.reason(e) + ".", e);
        }
    }
}
