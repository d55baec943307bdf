package dev.rondo.benchmarks.peers;

import dev.rondo.benchmarks.Benchmark;
import dev.rondo.benchmarks.Home;
import dev.rondo.benchmarks.Stats;
import dev.rondo.benchmarks.Workload;
import dev.rondo.examples.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rondo bench peers}: the same training on Rondo, on loops written by hand, and on other frameworks. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description = {
            "The time of a training step beside that of other frameworks, on the same data, one thread each, in turn.",
            "RONDO_PYTHON names a Python with torch, fastai and pytorch-lightning; without it those are left out."
        },
        showDefaultValues = true)
public final class Peers extends Benchmark {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four IDX files, gzipped; without it, the part that comes with the sources.")
    private Path data;

    @Option(names = "--model", defaultValue = "mlp", description = "mlp or cnn.")
    private Workload model;

    @Option(names = "--rounds", description = "Runs of each peer, in turn; without it 5 for mlp, 3 for cnn.")
    private Integer rounds;

    @Option(names = "--epochs", description = "Timed epochs of a run; without it 6 for mlp, 2 for cnn.")
    private Integer epochs;

    @Option(names = "--warmup-epochs", defaultValue = "1", description = "Epochs before them, not timed.")
    private int warmup;

    @Option(names = "--batch", defaultValue = "64", description = "Images in a training batch.")
    private int batch;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the weights and of the order of the data.")
    private long seed;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PEER",
            description = "Only these, and rondo; by the names in the table.")
    private List<String> only;

    @Option(names = "--timeout", defaultValue = "600", description = "Seconds that a run may take.")
    private int timeout;

    @Override
    protected void measure() throws IOException {
        boolean cnn = model == Workload.CNN;
        Roster roster = new Roster(work());
        Peer rondo = roster.rondo(Home.launcher());
        addJava(roster, cnn);
        addPython(roster, cnn);
        Comparison comparison = new Comparison(chosen(roster.peers()), rondo, line -> progress("%s", line));
        comparison.run(rounds == null ? (cnn ? 3 : 5) : rounds, Duration.ofSeconds(timeout));
        print(comparison.table());
        comparison.differences().forEach(this::print);
        for (String kind : comparison.kinds()) {
            Optional<Stats> ratio = comparison.ratio(kind);
            if (ratio.isPresent()) key("rondo_over_" + kind, ratio.get().median());
            else print("No figure for " + kind + ": none could run.");
        }
    }

    /** What each of them is told. */
    private List<String> work() {
        return List.of(
                "--data", (data == null ? Home.data() : data).toString(),
                "--model", model.toString(),
                "--epochs", Integer.toString(epochs == null ? (model == Workload.CNN ? 2 : 6) : epochs),
                "--warmup-epochs", Integer.toString(warmup),
                "--batch", Integer.toString(batch),
                "--seed", Long.toString(seed),
                "--lr", Double.toString(model.lr));
    }

    private void addJava(Roster roster, boolean cnn) {
        JavaPeers java = new JavaPeers(Home.folder());
        try {
            progress("building the peers in Java, where they have changed…");
            java.build();
            roster.java(java, cnn);
        } catch (IOException e) {
            print("Left out, because they could not be built: the peers in Java. " + e.getMessage());
        }
    }

    private void addPython(Roster roster, boolean cnn) {
        String python = System.getenv("RONDO_PYTHON");
        if (python == null || python.isEmpty()) {
            print("Left out, because RONDO_PYTHON names no Python: PyTorch, fastai and Lightning.");
        } else if (!Files.isExecutable(Path.of(python))) {
            throw new UserException("RONDO_PYTHON is " + python + ", which is no program.");
        } else {
            roster.python(Path.of(python), Home.folder().resolve("benchmarks/peers/python"), cnn);
        }
    }

    private List<Peer> chosen(List<Peer> all) {
        if (only == null) return all;
        List<String> names = all.stream().map(Peer::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new UserException(
                        "There is no peer '" + name + "' here: choose from " + String.join(", ", names) + ".");
            }
        }
        return all.stream()
                .filter(peer -> peer.name().equals("rondo") || only.contains(peer.name()))
                .toList();
    }
}
