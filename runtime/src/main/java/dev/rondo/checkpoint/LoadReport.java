package dev.rondo.checkpoint;

import dev.rondo.checkpoint.pickle.FileText;
import java.util.List;

/**
 * What was loaded into a model, and what was left out because it does not fit. All names are the model's, after renaming. PyTorch's
 * counter {@code num_batches_tracked}, which the layers of Rondo do not have, is not listed.
 *
 * @param loaded the tensors that were loaded
 * @param missing the tensors of the model that the file does not have
 * @param unknown the tensors of the file that the model does not have
 * @param unfit the tensors that both have, with other shapes or types
 */
public record LoadReport(List<String> loaded, List<String> missing, List<String> unknown, List<Unfit> unfit) {

    public LoadReport {
        loaded = List.copyOf(loaded);
        missing = List.copyOf(missing);
        unknown = List.copyOf(unknown);
        unfit = List.copyOf(unfit);
    }

    /**
     * A tensor that cannot be loaded.
     *
     * @param saved what the file has, such as {@code float32[3, 4]}
     * @param wanted what the model has
     */
    public record Unfit(String name, String saved, String wanted) {
        @Override
        public String toString() {
            return FileText.quoted(name) + " is saved as " + saved + ", but the model has it as " + wanted;
        }
    }

    /** Whether the file has the tensors of the model, all of them and no others. */
    public boolean complete() {
        return missing.isEmpty() && unknown.isEmpty() && unfit.isEmpty();
    }

    /** A line with the number of loaded tensors, and one for each kind of what was left out. */
    @Override
    public String toString() {
        return Differences.count(this) + new Differences(this, name -> "").lines();
    }
}
