package dev.rondo;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far a learner has come with its fits: a place between two batches, or between two parts of a fit.
 *
 * @param fit how many fits have ended before this one; nested fits and searches for a learning rate do not count
 * @param part the part of the fit
 * @param epoch the epoch of that part, from 0; at its start, the next one
 * @param batch the number of batches of the part that have ended
 * @param pass the number that the pass over the loader was opened with. Fits that handlers start inside of an epoch count in it, too.
 */
record Progress(int fit, Part part, int epoch, int batch, long pass) {
    /** The parts of a fit in which a run can stop and go on. */
    enum Part {
        /** No epoch is running; {@code epoch} is the next one. */
        EPOCH_START,
        TRAIN,
        VALIDATE,
        /** After after_fit. */
        END
    }

    /** Whether a batch of the training or of the validation comes next, so that an epoch is open. */
    boolean insideEpoch() {
        return part == Part.TRAIN || part == Part.VALIDATE;
    }

    /** A name for files: {@code epoch-3-batch-120}, {@code epoch-3-valid-2}, {@code epoch-4}, {@code end}. */
    String label() {
        String inFit =
                switch (part) {
                    case EPOCH_START -> "epoch-" + epoch;
                    case TRAIN -> "epoch-" + epoch + "-batch-" + batch;
                    case VALIDATE -> "epoch-" + epoch + "-valid-" + batch;
                    case END -> "end";
                };
        return fit == 0 ? inFit : "fit-" + fit + "-" + inFit;
    }

    Map<String, Object> save() {
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("fit", fit);
        saved.put("phase", part.name().toLowerCase(Locale.ROOT));
        saved.put("epoch", epoch);
        saved.put("batch", batch);
        saved.put("pass", pass);
        return saved;
    }

    /** @throws IllegalArgumentException if it is the progress of no learner */
    static Progress of(SavedMap saved) {
        Part part = saved.constant("phase", Part.values());
        return new Progress(saved.count("fit"), part, saved.count("epoch"), saved.count("batch"), saved.number("pass"));
    }
}
