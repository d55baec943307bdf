package dev.rondo.benchmarks.peers;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;

/**
 * The result that a peer reports for its run.
 *
 * @param stepUs the time of a step in µs: the training part of an epoch divided by the number of batches, median over the timed epochs
 * @param loss the mean training loss of the last epoch
 * @param accuracy the accuracy on the validation images, from 0 to 1
 * @param rssMb the resident memory of the process at its end, in MiB
 */
record Outcome(double stepUs, double loss, double accuracy, double rssMb) {
    /** @param line the JSON object in the last line of a peer's output */
    static Outcome parse(String line) throws IOException {
        Map<String, Object> object = JSON.std.mapFrom(line);
        return new Outcome(
                number(object, "per_step_epoch_us"),
                number(object, "train_loss_last_epoch"),
                number(object, "valid_accuracy"),
                number(object, "rss_mb"));
    }

    private static double number(Map<String, Object> object, String field) throws IOException {
        if (object.get(field) instanceof Number number) return number.doubleValue();
        throw new IOException("The result has no number '" + field + "': " + object);
    }
}
