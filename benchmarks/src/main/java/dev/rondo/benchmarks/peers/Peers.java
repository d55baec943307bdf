package dev.rondo.benchmarks.peers;

import dev.rondo.benchmarks.Benchmark;
import dev.rondo.benchmarks.RondoHome;
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

/** {@code rondo bench peers}: compares a training on Rondo with the same training by hand and in other frameworks. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the time of a training step with that of other frameworks, on the same data, with one thread each, in turn.",
            "RONDO_PYTHON is the path of a Python with torch, fastai and pytorch-lightning. Without it, these are left out."
        },
        showDefaultValues = true)
public final class Peers extends Benchmark {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder with the four gzipped IDX files. Without it, the part that comes with the sources is used.")
    private Path data;

    @Option(names = "--model", defaultValue = "mlp", description = "Model to train: mlp or cnn.")
    private Workload model;

    @Option(
            names = "--rounds",
            description = "Number of runs of each peer, in turn. Without it, 5 for mlp and 3 for cnn.")
    private Integer rounds;

    @Option(names = "--epochs", description = "Number of timed epochs of a run. Without it, 6 for mlp and 2 for cnn.")
    private Integer epochs;

    @Option(
            names = "--warmup-epochs",
            defaultValue = "1",
            description = "Number of epochs before them that are not timed.")
    private int warmupEpochs;

    @Option(names = "--batch", defaultValue = "64", description = "Images per training batch.")
    private int batchSize;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the initial weights and of shuffling.")
    private long seed;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PEER",
            description = "Runs only these peers and rondo. The names are those in the table.")
    private List<String> only;

    @Option(names = "--timeout", defaultValue = "600", description = "Time limit of a run, in seconds.")
    private int timeoutSeconds;

    @Override
    protected void measure() throws IOException {
        boolean cnn = model == Workload.CNN;
        PeerList peerList = new PeerList(commonOptions());
        Peer rondo = peerList.rondo(RondoHome.launcher());
        addJava(peerList, cnn);
        addPython(peerList, cnn);
        Comparison comparison = new Comparison(selected(peerList.peers()), rondo, line -> progress("%s", line));
        comparison.run(rounds == null ? (cnn ? 3 : 5) : rounds, Duration.ofSeconds(timeoutSeconds));
        print(comparison.table());
        comparison.differences().forEach(this::print);
        for (String kind : comparison.kinds()) {
            Optional<Stats> ratio = comparison.ratio(kind);
            if (ratio.isPresent()) key("rondo_over_" + kind, ratio.get().median());
            else print("No figure for " + kind + ": no peer of this kind could run.");
        }
    }

    /** Returns the options that each peer receives. */
    private List<String> commonOptions() {
        return List.of(
                "--data", (data == null ? RondoHome.data() : data).toString(),
                "--model", model.toString(),
                "--epochs", Integer.toString(epochs == null ? (model == Workload.CNN ? 2 : 6) : epochs),
                "--warmup-epochs", Integer.toString(warmupEpochs),
                "--batch", Integer.toString(batchSize),
                "--seed", Long.toString(seed),
                "--lr", Double.toString(model.lr));
    }

    private void addJava(PeerList peerList, boolean cnn) {
        JavaPeers java = new JavaPeers(RondoHome.folder());
        try {
            progress("building the peers in Java, if they have changed…");
            java.build();
            peerList.java(java, cnn);
        } catch (IOException e) {
            print("The peers in Java are left out, because their build failed: " + e.getMessage());
        }
    }

    private void addPython(PeerList peerList, boolean cnn) {
        String python = System.getenv("RONDO_PYTHON");
        if (python == null || python.isEmpty()) {
            print("PyTorch, fastai and Lightning are left out, because RONDO_PYTHON is not set.");
        } else if (!Files.isExecutable(Path.of(python))) {
            throw new UserException("RONDO_PYTHON is " + python + ", which is not an executable file.");
        } else {
            peerList.python(Path.of(python), RondoHome.folder().resolve("benchmarks/peers/python"), cnn);
        }
    }

    private List<Peer> selected(List<Peer> all) {
        if (only == null) return all;
        List<String> names = all.stream().map(Peer::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new UserException(
                        "There is no peer '" + name + "': choose from " + String.join(", ", names) + ".");
            }
        }
        return all.stream()
                .filter(peer -> peer.name().equals("rondo") || only.contains(peer.name()))
                .toList();
    }
}
