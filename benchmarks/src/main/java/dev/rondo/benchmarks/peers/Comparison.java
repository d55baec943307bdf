package dev.rondo.benchmarks.peers;

import com.fasterxml.jackson.jr.ob.JSONObjectException;
import dev.rondo.benchmarks.Rounds;
import dev.rondo.benchmarks.Stats;
import dev.rondo.benchmarks.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Runs peers in turn and compares one of them with the others, round by round. A peer that fails is reported; the others continue. */
final class Comparison {
    /** The maximum relative difference between the final losses of the same training. Another seed causes about half of it. */
    private static final double LOSS_TOLERANCE = 0.1;

    private static final double ACCURACY_TOLERANCE = 0.03;

    private final List<Peer> peers;
    private final Peer reference;
    private final Consumer<String> progress;
    private final Rounds<Peer> times = new Rounds<>();
    private final Map<Peer, List<Outcome>> outcomes = new LinkedHashMap<>();

    /**
     * @param peers all peers, in the order in which they run
     * @param reference the peer that is compared with the others
     * @param progress receives a line for each run
     */
    Comparison(List<Peer> peers, Peer reference, Consumer<String> progress) {
        this.peers = peers;
        this.reference = reference;
        this.progress = progress;
        peers.forEach(peer -> outcomes.put(peer, new ArrayList<>()));
    }

    void run(int rounds, Duration limit) {
        for (int round = 1; round <= rounds; round++) {
            times.begin();
            for (Peer peer : peers) run(peer, round, limit);
        }
    }

    private void run(Peer peer, int round, Duration limit) {
        try {
            Outcome outcome = Outcome.parse(peer.program().lastLine(limit));
            outcomes.get(peer).add(outcome);
            times.put(peer, outcome.stepUs());
            progress.accept(String.format(
                    Locale.ROOT, "round %d  %-26s %9s µs", round, peer.name(), Table.number(outcome.stepUs())));
        } catch (JSONObjectException e) {
            failed(peer, round, "its last line is not a JSON object");
        } catch (IOException e) {
            failed(peer, round, e.getMessage());
        }
    }

    private void failed(Peer peer, int round, String why) {
        progress.accept(String.format(Locale.ROOT, "round %d  %-26s failed: %s", round, peer.name(), why));
    }

    /** Returns a table with one row per peer. */
    Table table() {
        Table table = new Table(
                "peer",
                "µs a step",
                "min–max",
                reference.name() + " over it",
                "min–max",
                "loss",
                "accuracy",
                "RSS, MiB");
        for (Peer peer : peers) {
            Optional<Stats> us = times.times(peer);
            if (us.isEmpty()) {
                table.row(peer.name(), "failed");
                continue;
            }
            Optional<Stats> ratio = times.ratio(reference, peer);
            table.row(
                    peer.name(),
                    us.get().median(),
                    us.get().spread(),
                    ratio.map(Stats::median).orElse(Double.NaN),
                    ratio.map(Stats::spread).orElse(""),
                    median(peer, Outcome::loss),
                    median(peer, Outcome::accuracy),
                    median(peer, Outcome::rssMb));
        }
        return table;
    }

    /** Returns a sentence for each peer whose final loss or accuracy differs: its time is that of another training. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (Peer peer : peers) {
            if (outcomes.get(peer).isEmpty() || outcomes.get(reference).isEmpty()) continue;
            double loss = median(peer, Outcome::loss), referenceLoss = median(reference, Outcome::loss);
            double accuracy = median(peer, Outcome::accuracy), referenceAccuracy = median(reference, Outcome::accuracy);
            if (Math.abs(loss - referenceLoss) > LOSS_TOLERANCE * referenceLoss
                    || Math.abs(accuracy - referenceAccuracy) > ACCURACY_TOLERANCE) {
                differences.add(String.format(
                        Locale.ROOT,
                        "Not the same training: %s ends with loss %s and accuracy %s, but %s ends with %s and %s.",
                        peer.name(),
                        Table.number(loss),
                        Table.number(accuracy),
                        reference.name(),
                        Table.number(referenceLoss),
                        Table.number(referenceAccuracy)));
            }
        }
        return differences;
    }

    private double median(Peer peer, ToDoubleFunction<Outcome> field) {
        return Stats.of(outcomes.get(peer).stream().mapToDouble(field).toArray())
                .median();
    }

    /** Returns the kinds of the other peers. */
    Set<String> kinds() {
        Set<String> kinds = new LinkedHashSet<>();
        peers.forEach(peer -> kinds.add(peer.kind()));
        kinds.remove(reference.kind());
        return kinds;
    }

    /** Returns the ratios, within each round, to the fastest peer of a kind, or empty if no peer of the kind could run. */
    Optional<Stats> ratio(String kind) {
        return peers.stream()
                .filter(peer -> peer.kind().equals(kind) && times.times(peer).isPresent())
                .min(Comparator.comparingDouble(
                        peer -> times.times(peer).orElseThrow().median()))
                .flatMap(fastest -> times.ratio(reference, fastest));
    }
}
