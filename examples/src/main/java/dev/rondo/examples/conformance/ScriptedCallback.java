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
    private final ScenarioRunner play;
    private final Map<Event, Integer> calls = new EnumMap<>(Event.class);

    ScriptedCallback(Fields description, ScenarioRunner play) {
        this.name = description.text("name");
        this.description = description;
        this.play = play;
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
    void play(Learner learner) throws CancelException {
        play.created(learner);
        Event event = learner.event();
        int nth = calls.merge(event, 1, Integer::sum);
        play.write(entry(learner, event));
        for (Fields rule : description.objects("rules")) {
            if (applies(rule, learner, event, nth)) for (Fields action : rule.objects("do")) perform(action, learner);
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

    private boolean applies(Fields rule, Learner learner, Event event, int nth) {
        return rule.text("on").equals(event.lowerCaseName())
                && rule.integer("nth", nth) == nth
                && rule.integer("step", play.step()) == play.step()
                && rule.integer("epoch", learner.epoch()) == learner.epoch()
                && (!rule.has("iter")
                        || Integer.valueOf(rule.integer("iter", -1)).equals(Snapshot.iter(learner)))
                && rule.flag("training", learner.training()) == learner.training();
    }

    private void perform(Fields action, Learner learner) throws CancelException {
        String what = action.map().keySet().iterator().next();
        switch (what) {
            case "cancel" ->
                throw CancelException.of(Scope.valueOf(action.text(what).toUpperCase(Locale.ROOT)));
            case "throw" -> throw new ScriptedFailure(action.text(what));
            case "run" ->
                target(action, what).setRun((Boolean) action.list(what).get(1));
            case "runTrain" ->
                target(action, what)
                        .setRuns(Phase.TRAIN, (Boolean) action.list(what).get(1));
            case "runValid" ->
                target(action, what)
                        .setRuns(Phase.VALID, (Boolean) action.list(what).get(1));
            case "order" ->
                target(action, what).setOrder(Fields.number(action.list(what).get(1)));
            case "add" -> play.add(action.text(what));
            case "remove" -> play.remove(action.text(what));
            case "lr" -> learner.optimizer().set(Hyper.LR, action.number(what, 0));
            case "scale" ->
                scale(
                        (String) action.list(what).get(0),
                        Fields.number(action.list(what).get(1)),
                        learner);
            default -> throw new IllegalArgumentException("No action is called '" + what + "'.");
        }
    }

    private ScenarioCallback target(Fields action, String what) {
        return play.part((String) action.list(what).get(0));
    }

    private void scale(String what, double factor, Learner learner) {
        Tensor by = torch.full(
                new long[0], new Scalar((float) factor)); // a factor beyond the range of float32 becomes infinite
        switch (what) {
            case "lossGrad" -> learner.setLossGrad(learner.lossGrad().mul(by));
            case "loss" -> learner.setLoss(learner.loss().mul(by));
            case "pred" -> learner.setPred(learner.pred().mul(by));
            case "xb" -> learner.setBatch(new Batch(List.of(learner.x().mul(by)), learner.yb()));
            case "grads" -> ((LinearModel) learner.model()).scaleGradients(by);
            default -> throw new IllegalArgumentException("'" + what + "' cannot be scaled.");
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
