package dev.rondo.benchmarks.peers;

import dev.rondo.benchmarks.Benchmark;
import dev.rondo.benchmarks.RondoHome;
import dev.rondo.benchmarks.RoundsOption;
import dev.rondo.benchmarks.Stats;
import dev.rondo.benchmarks.Workload;
import dev.rondo.benchmarks.WorkloadOptions;
import dev.rondo.examples.DataOptions;
import dev.rondo.examples.OptionChecks;
import dev.rondo.examples.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rondo bench peers}: compares a training on Rondo with the same training by hand and in other frameworks. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the time of a training step with that of other frameworks, on the same data, with one thread each, in turn.",
            "RONDO_PYTHON is the path of a Python with torch, fastai and pytorch-lightning. Without it, these are left out.",
            "The files in --data must be gzipped. By default, mlp runs 5 rounds of 6 epochs, and cnn 3 rounds of 2 epochs."
        },
        showDefaultValues = true)
public final class Peers extends Benchmark {
    @Mixin
    private WorkloadOptions options = new WorkloadOptions();

    @Mixin
    private RoundsOption rounds = new RoundsOption();

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
        options.check();
        boolean cnn = isCnn();
        PeerList peerList = new PeerList(commonOptions());
        Peer rondo = peerList.rondo(RondoHome.launcher());
        addJava(peerList, cnn);
        addPython(peerList, cnn);
        Comparison comparison = new Comparison(selected(peerList.peers()), rondo, line -> progress("%s", line));
        comparison.run(rounds.orElse(cnn ? 3 : 5), Duration.ofSeconds(timeoutSeconds));
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
        Workload workload = options.workload();
        DataOptions data = options.data();
        return List.of(
                "--data", data.folder().orElseGet(RondoHome::data).toString(),
                "--model", workload.toString(),
                "--epochs", Integer.toString(options.epochsOrElse(isCnn() ? 2 : 6)),
                "--warmup-epochs", Integer.toString(options.warmupEpochs()),
                "--batch", Integer.toString(data.batchSize()),
                "--seed", Long.toString(data.seed()),
                "--lr", Double.toString(workload.lr));
    }

    private boolean isCnn() {
        return options.workload() == Workload.CNN;
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
        OptionChecks.requireKnown("peer", only, all.stream().map(Peer::name).toList());
        return all.stream()
                .filter(peer -> peer.name().equals("rondo") || only.contains(peer.name()))
                .toList();
    }
}
