package dev.rondo.examples;

import dev.rondo.Learner;
import dev.rondo.callback.Checkpoints;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of checkpoints: {@code --checkpoint-every}, {@code --keep-checkpoints}, {@code --async-checkpoints} and {@code --resume}. */
final class CheckpointOptions {
    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description =
                    "Writes a checkpoint into the folder of --out after every STEPS training batches. Without it, only a run that is stopped"
                            + " writes one, and one at its end.")
    private Integer every;

    @Option(
            names = "--keep-checkpoints",
            paramLabel = "N",
            defaultValue = "3",
            description = "Number of checkpoints to keep; older ones are deleted.")
    private int keep;

    @Option(names = "--async-checkpoints", description = "Writes checkpoints while the training goes on.")
    private boolean async;

    @Option(
            names = "--resume",
            description =
                    "Goes on from the newest valid checkpoint in the folder of --out, and begins anew if there is none. All other options"
                            + " must be as they were.")
    private boolean resume;

    boolean resumes() {
        return resume;
    }

    void check(Path out) {
        OptionChecks.requireAtLeast(1, "--checkpoint-every", every);
        OptionChecks.requireAtLeast(1, "--keep-checkpoints", keep);
        OptionChecks.require(every == null || out != null, "--checkpoint-every needs --out, the folder to write to.");
        OptionChecks.require(!resume || out != null, "--resume needs --out, the folder of the run to go on with.");
    }

    /** Registers what writes checkpoints, and loads the newest one if the run is to go on. Returns whether it goes on. */
    boolean apply(Learner learner, Path folder) {
        Checkpoints checkpoints = new Checkpoints(folder).keepLast(keep);
        if (every != null) checkpoints = checkpoints.everySteps(every);
        else checkpoints = checkpoints.onRequest();
        if (async) checkpoints = checkpoints.async();
        learner.add(checkpoints);
        if (!resume) return false;
        Optional<Path> from = learner.resume(folder);
        System.out.println(from.map(path -> "Going on from " + path + ".")
                .orElse("There is no checkpoint in " + folder + ": beginning anew."));
        return from.isPresent();
    }
}
