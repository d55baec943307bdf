package dev.rondo;

import dev.rondo.check.ObjectText;
import dev.rondo.data.DataLoader;
import dev.rondo.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** What a checkpoint of a learner does not hold, so that a fit that goes on from it may differ. */
final class UnsavedParts {
    private UnsavedParts() {}

    /** A sentence for each. */
    static List<String> of(Learner learner) {
        List<String> parts = new ArrayList<>();
        Map<String, DataLoader> loaders = Map.of(
                "training",
                learner.dataLoaders().train(),
                "validation",
                learner.dataLoaders().valid());
        loaders.forEach((data, loader) -> {
            if (loader.size() == 0 || loader.canSeek()) return;
            parts.add(
                    "The loader of the " + data + " data, " + ObjectText.of(loader)
                            + ", cannot seek: to go on in the middle of a pass, its first batches are read again, and they must be the same.");
        });
        for (CallbackHandle handle : learner.callbacks()) {
            List<String> unsaved = handle.registration.table().unsavedFields();
            if (unsaved.isEmpty()) continue;
            parts.add("The callback '" + handle.name() + "', a "
                    + handle.callback().getClass().getSimpleName() + ", has fields that are not saved: "
                    + String.join(", ", unsaved)
                    + ". Mark a field @Checkpointed, or transient if its value is not needed later.");
        }
        for (Metric metric : learner.metrics()) {
            Optional<Map<String, Tensor>> state = metric.state();
            state.ifPresent(tensors -> tensors.values().forEach(Tensor::close));
            if (state.isPresent()) continue;
            parts.add("The metric '" + metric.name()
                    + "' cannot save its sums: a row whose validation is interrupted lacks its cell.");
        }
        return parts;
    }
}
