package dev.rondo.examples.conformance;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import dev.rondo.optim.Hyper;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A scripted callback: records each event that it receives and applies its rules. */
final class ScriptedCallback {
    private final String name;
    private final Fields description;
    private final ScenarioRunner runner;
    private final Map<Event, Integer> calls = new EnumMap<>(Event.class);

    ScriptedCallback(Fields description, ScenarioRunner runner) {
        this.name = description.text("name");
        this.description = description;
        this.runner = runner;
    }

    @On({
        Event.AFTER_CREATE,
        Event.BEFORE_FIT,
        Event.BEFORE_EPOCH,
        Event.BEFORE_TRAIN,
        Event.BEFORE_BATCH,
        Event.AFTER_PRED,
        Event.AFTER_LOSS,
        Event.BEFORE_BACKWARD,
        Event.AFTER_CANCEL_BACKWARD,
        Event.AFTER_BACKWARD,
        Event.BEFORE_STEP,
        Event.AFTER_CANCEL_STEP,
        Event.AFTER_STEP,
        Event.AFTER_CANCEL_BATCH,
        Event.AFTER_BATCH,
        Event.AFTER_CANCEL_TRAIN,
        Event.AFTER_TRAIN,
        Event.BEFORE_VALIDATE,
        Event.AFTER_CANCEL_VALIDATE,
        Event.AFTER_VALIDATE,
        Event.AFTER_CANCEL_EPOCH,
        Event.AFTER_EPOCH,
        Event.AFTER_CANCEL_FIT,
        Event.AFTER_FIT
    })
    @Writes({"lossGrad", "loss", "pred", "batch"})
    @SuppressWarnings("rondo:cancel-too-wide") // the scenario decides what it throws
    void handle(Learner learner) throws CancelException {
        runner.setLearner(learner);
        Event event = learner.event();
        int count = calls.merge(event, 1, Integer::sum);
        runner.addToTrace(entry(learner, event));
        for (Fields rule : description.objects("rules")) {
            if (applies(rule, learner, event, count)) for (Fields action : rule.objects("do")) perform(action, learner);
        }
    }

    private Object entry(Learner learner, Event event) {
        String code = name + "." + Codes.of(event);
        List<?> keys = description
                .object("snap")
                .map(s -> s.list(event.lowerCaseName()))
                .orElse(List.of());
        if (keys.isEmpty()) return code;
        Map<String, Object> snap = new LinkedHashMap<>();
        for (Object key : keys) snap.put((String) key, Snapshot.of((String) key, learner));
        return List.of(code, snap);
    }

    private boolean applies(Fields rule, Learner learner, Event event, int count) {
        return rule.text("on").equals(event.lowerCaseName())
                && rule.integer("nth", count) == count
                && rule.integer("step", runner.stepIndex()) == runner.stepIndex()
                && rule.integer("epoch", learner.epoch()) == learner.epoch()
                && (!rule.has("iter")
                        || Integer.valueOf(rule.integer("iter", -1)).equals(Snapshot.iter(learner)))
                && rule.flag("training", learner.training()) == learner.training();
    }

    private void perform(Fields action, Learner learner) throws CancelException {
        String kind = action.map().keySet().iterator().next();
        switch (kind) {
            case "cancel" ->
                throw CancelException.of(Scope.valueOf(action.text(kind).toUpperCase(Locale.ROOT)));
            case "throw" -> throw new ScriptedFailure(action.text(kind));
            case "run" ->
                target(action, kind).setRun((Boolean) action.list(kind).get(1));
            case "runTrain" ->
                target(action, kind)
                        .setRuns(Phase.TRAIN, (Boolean) action.list(kind).get(1));
            case "runValid" ->
                target(action, kind)
                        .setRuns(Phase.VALID, (Boolean) action.list(kind).get(1));
            case "order" ->
                target(action, kind).setOrder(Fields.number(action.list(kind).get(1)));
            case "add" -> runner.add(action.text(kind));
            case "remove" -> runner.remove(action.text(kind));
            case "lr" -> learner.optimizer().set(Hyper.LR, action.number(kind, 0));
            case "scale" ->
                scale(
                        (String) action.list(kind).get(0),
                        Fields.number(action.list(kind).get(1)),
                        learner);
            default -> throw new IllegalArgumentException("No action is called '" + kind + "'.");
        }
    }

    private ScenarioCallback target(Fields action, String kind) {
        return runner.callback((String) action.list(kind).get(0));
    }

    private void scale(String attribute, double factor, Learner learner) {
        Tensor factorTensor = torch.full(
                new long[0], new Scalar((float) factor)); // a factor beyond the range of float32 becomes infinite
        switch (attribute) {
            case "lossGrad" -> learner.setLossGrad(learner.lossGrad().mul(factorTensor));
            case "loss" -> learner.setLoss(learner.loss().mul(factorTensor));
            case "pred" -> learner.setPred(learner.pred().mul(factorTensor));
            case "xb" -> learner.setBatch(new Batch(List.of(learner.x().mul(factorTensor)), learner.yb()));
            case "grads" -> ((LinearModel) learner.model()).scaleGradients(factorTensor);
            default -> throw new IllegalArgumentException("'" + attribute + "' cannot be scaled.");
        }
    }

    /** The exception that the action "throw" throws. */
    static final class ScriptedFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        ScriptedFailure(String message) {
            super(message);
        }
    }
}
