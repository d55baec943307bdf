package dev.rondo.examples;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.checkpoint.CheckpointStore;
import dev.rondo.checkpoint.NamedTensors;
import dev.rondo.checkpoint.WeightsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo inspect PATH}: what is in a checkpoint, in a folder of checkpoints, or in a file of weights, and whether it is whole. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Shows what is in a checkpoint, in a folder of checkpoints, or in a file of weights, and whether it is"
                        + " whole. The exit status is 1 if something is damaged.")
public final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "Folder of a checkpoint, folder of checkpoints, or file of weights.")
    private Path path;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (path.toString().isEmpty()) throw new UserException("The path is empty; name a checkpoint.");
        if (!Files.exists(path)) throw new UserException("There is no " + path + ".");
        try {
            Map<String, Object> facts = facts();
            PrintWriter out = spec.commandLine().getOut();
            if (json) out.println(JSON.std.asString(facts));
            else out.print(InspectText.of(facts));
            out.flush();
            return isWhole(facts) ? 0 : 1;
        } catch (IOException e) {
            throw new UserException("Cannot read " + path + ": " + UserException.reason(e) + ".", e);
        }
    }

    private Map<String, Object> facts() throws IOException {
        if (!Files.isDirectory(path)) return weights();
        List<Path> checkpoints =
                CheckpointFacts.isCheckpoint(path) ? List.of() : new CheckpointStore(path).checkpoints();
        if (checkpoints.isEmpty()) return CheckpointFacts.of(path);
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Path checkpoint : checkpoints) listed.add(CheckpointFacts.summary(checkpoint));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("path", path.toString());
        facts.put("whole", listed.stream().allMatch(InspectCommand::isWhole));
        facts.put("checkpoints", listed);
        facts.put("newest", CheckpointFacts.of(checkpoints.get(checkpoints.size() - 1)));
        return facts;
    }

    private static boolean isWhole(Map<String, Object> facts) {
        return Boolean.TRUE.equals(facts.get("whole"));
    }

    private Map<String, Object> weights() throws IOException {
        try (NamedTensors read = WeightsFile.read(path)) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("path", path.toString());
            facts.put("whole", true);
            facts.put("bytes", Files.size(path));
            facts.put("tensors", read.tensors().size());
            facts.put("elements", CheckpointFacts.elements(read.tensors().values()));
            facts.put("metadata", read.metadata());
            return facts;
        } catch (IOException e) {
            throw new UserException(UserException.reason(e), e);
        }
    }
}
