package dev.rondo;

import dev.rondo.data.DataLoader;
import dev.rondo.event.RunKind;
import dev.rondo.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The runs of a learner that do not train: validations, predictions, and a run without batches. */
final class Evaluation {
    private final Learner learner;
    private final TrainingLoop loop;

    Evaluation(Learner learner, TrainingLoop loop) {
        this.learner = learner;
        this.loop = loop;
    }

    EpochRow validate(DataLoader over, Consumer<ValidateOptions> how) {
        ValidateOptions options = new ValidateOptions();
        how.accept(options);
        learner.runs.run(RunKind.VALIDATE, () -> {
            try (CallbackRegistry.Added added = learner.registry.addedForRun(options.callbacks())) {
                loop.validate(over);
            }
        });
        return learner.callback(Recorder.class).flatMap(Recorder::last).orElse(EpochRow.EMPTY);
    }

    Predictions predict(DataLoader over, Consumer<PredictOptions> how) {
        PredictOptions options = new PredictOptions();
        how.accept(options);
        try (GatherPreds gather = new GatherPreds(options.inputs(), options.losses())) {
            learner.runs.run(RunKind.PREDICT, () -> {
                List<CallbackSpec> callbacks = new ArrayList<>(options.callbacks());
                callbacks.add(learner.registry.spec("gather_preds", gather));
                DataLoader loader = options.reordered()
                        ? Objects.requireNonNull(over.ordered(), "The ordered() of the loader returned null.")
                        : over;
                try (Undo unreduced = options.losses()
                                ? learner.lossReplacedBy(learner.lossFunction().unreduced())
                                : Undo.once(() -> {});
                        CallbackRegistry.Added added = learner.registry.addedForRun(callbacks)) {
                    if (options.isInner()) loop.validateInside(loader);
                    else loop.validate(loader);
                }
            });
            Loss loss = learner.lossFunction();
            return gather.result(options.activationOr(loss::activation), options.decoded() ? loss::decodes : null);
        }
    }

    /** Starts a run without batches, which ends when the result is closed. */
    Undo context() {
        RunStack.Open run = learner.runs.begin(RunKind.VALIDATE);
        List<ScopeEnd> opened = new ArrayList<>(1);
        try {
            learner.runs.within(() -> opened.add(loop.open()));
        } catch (Throwable t) {
            run.end();
            throw t;
        }
        return Undo.once(() -> {
            try {
                learner.runs.within(opened.get(0)::close);
            } finally {
                run.end();
            }
        });
    }
}
