package dev.rondo.examples.conformance;

import dev.rondo.CallbackHandle;
import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.CancelException;
import dev.rondo.event.Event;
import dev.rondo.event.Phase;
import dev.rondo.event.Scope;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A scripted callback: writes down each event that reaches it and performs its rules. Switches and order belong to the object: they
 * survive its removal and come back with it.
 */
final class Script {
    private final String name;
    private final Fields description;
    private final Play play;
    private final Map<Event, Integer> calls = new EnumMap<>(Event.class);
    private CallbackHandle handle;

    Script(Fields description, Play play) {
        this.name = description.text("name");
        this.description = description;
        this.play = play;
    }

    String name() {
        return name;
    }

    /** The present registration, or the last one; its switches are the object's. */
    CallbackHandle handle() {
        return handle;
    }

    /** Takes over the switches from the last registration, or from the script. */
    void registered(CallbackHandle fresh) {
        CallbackHandle last = handle;
        handle = fresh;
        fresh.order(last == null ? description.number("order", 0) : last.order());
        fresh.run(last == null ? description.flag("run", true) : last.run());
        fresh.runsIn(Phase.TRAIN, last == null ? description.flag("runTrain", true) : last.runsIn(Phase.TRAIN));
        fresh.runsIn(Phase.VALID, last == null ? description.flag("runValid", true) : last.runsIn(Phase.VALID));
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
    @SuppressWarnings("rondo:cancel-too-wide") // what it raises is in the scenario
    void play(Learner learner) throws CancelException {
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
            case "run" -> target(action, what).run((Boolean) action.list(what).get(1));
            case "runTrain" ->
                target(action, what)
                        .runsIn(Phase.TRAIN, (Boolean) action.list(what).get(1));
            case "runValid" ->
                target(action, what)
                        .runsIn(Phase.VALID, (Boolean) action.list(what).get(1));
            case "order" ->
                target(action, what).order(Fields.number(action.list(what).get(1)));
            case "add" -> play.add(action.text(what));
            case "remove" -> play.remove(action.text(what));
            case "lr" -> learner.optimizer().set("lr", action.number(what, 0));
            case "scale" ->
                scale(
                        (String) action.list(what).get(0),
                        Fields.number(action.list(what).get(1)),
                        learner);
            default -> throw new IllegalArgumentException("No action is called '" + what + "'.");
        }
    }

    private CallbackHandle target(Fields action, String what) {
        return play.script((String) action.list(what).get(0)).handle();
    }

    private void scale(String what, double factor, Learner learner) {
        Tensor by = torch.full(new long[0], new Scalar(factor));
        switch (what) {
            case "lossGrad" -> learner.setLossGrad(learner.lossGrad().mul(by));
            case "loss" -> learner.setLoss(learner.loss().mul(by));
            case "pred" -> learner.setPred(learner.pred().mul(by));
            case "xb" -> learner.setBatch(new Batch(List.of(learner.x().mul(by)), learner.yb()));
            case "grads" -> ((Line) learner.model()).scaleGradients(by);
            default -> throw new IllegalArgumentException("'" + what + "' cannot be scaled.");
        }
    }

    /** What the action "throw" throws. */
    static final class ScriptedFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        ScriptedFailure(String message) {
            super(message);
        }
    }
}
