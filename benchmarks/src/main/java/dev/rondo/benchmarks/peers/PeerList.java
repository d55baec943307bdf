package dev.rondo.benchmarks.peers;

import dev.rondo.benchmarks.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the peers that can run on this machine. */
final class PeerList {
    /** Limits the operators of every library to one thread. */
    private static final Map<String, String> ONE_THREAD =
            Map.of("OMP_NUM_THREADS", "1", "MKL_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1");

    /** Makes glibc keep freed memory, as Rondo's launcher does. Variants of peers get the same settings, for a fair comparison. */
    private static final Map<String, String> KEEP_FREED_MEMORY = Map.of(
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "1073741824");

    private final List<Peer> peers = new ArrayList<>();
    private final List<String> commonOptions;

    /** @param work the options that every peer receives */
    PeerList(List<String> commonOptions) {
        this.commonOptions = commonOptions;
    }

    List<Peer> peers() {
        return List.copyOf(peers);
    }

    /** Adds Rondo itself, as a user starts it. */
    Peer rondo(Path launcher) {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "bench", "train", "--threads", "1"));
        return add("rondo", "rondo", Map.of(), command);
    }

    /** Adds the peers in Java. */
    void java(JavaPeers java, boolean cnn) throws IOException {
        add("handwritten", "handwritten", Map.of(), java.command("HandWritten"));
        add("handwritten-malloc", "handwritten", KEEP_FREED_MEMORY, java.command("HandWritten"));
        if (cnn) {
            List<String> nhwc = java.command("HandWritten", "--layout", "nhwc");
            add("handwritten-nhwc-malloc", "handwritten_nhwc_malloc", KEEP_FREED_MEMORY, nhwc);
        }
        add("djl", "djl", Map.of(), java.command("StepDjl"));
    }

    /** Adds the peers in Python. */
    void python(Path interpreter, Path scripts, boolean cnn) {
        List<String> eager = List.of(
                interpreter.toString(), scripts.resolve("pytorch_eager.py").toString());
        add("pytorch-tensor", "pytorch", Map.of(), eager, "--loader", "tensor");
        add("pytorch-dataloader", "pytorch", Map.of(), eager, "--loader", "dataloader");
        if (cnn) add("pytorch-nhwc-malloc", "pytorch_nhwc_malloc", KEEP_FREED_MEMORY, eager, "--layout", "nhwc");
        else add("pytorch-tensor-malloc", "pytorch", KEEP_FREED_MEMORY, eager, "--loader", "tensor");
        for (String framework : List.of("fastai", "lightning")) {
            List<String> command = List.of(
                    interpreter.toString(),
                    scripts.resolve(framework + "_train.py").toString());
            for (String loader : List.of("tensor", "dataloader")) {
                add(framework + "-" + loader, framework, Map.of(), command, "--loader", loader);
            }
        }
    }

    private Peer add(
            String name, String kind, Map<String, String> environment, List<String> start, String... ownOptions) {
        List<String> command = new ArrayList<>(start);
        command.addAll(commonOptions);
        command.addAll(List.of(ownOptions));
        Peer peer = new Peer(name, kind, new Program(command, ONE_THREAD).with(environment));
        peers.add(peer);
        return peer;
    }
}
