package dev.rondo.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Checks a set of callbacks as a whole. Generates the timetable of a run and one class with all calls in their final order, which is as fast
 * as a loop written by hand. Any type may carry it; the type only names the plan:
 *
 * <pre>{@code
 * @TrainingPlan({TrainEvalCallback.class, Recorder.class, MixUp.class, GradientClip.class})
 * interface Robust {}
 *
 * Learner learner = Learner.builder(dataLoaders, model, loss)
 *         .plan(new Robust_Plan(new TrainEvalCallback(), new Recorder(), new MixUp(0.4), new GradientClip(1)))
 *         .build();
 * }</pre>
 *
 * <p>The callbacks are registered in the sequence of the list. The generated class makes the calls while the learner has exactly these
 * callbacks, no switch and no order has changed, and all of them take part in the run. Otherwise their tables make the calls, with the same
 * effect. The default callbacks of a learner that the plan does not list are registered before it. List them too, to have the whole run in
 * one class.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface TrainingPlan {
    /** The concrete classes of the callbacks. */
    Class<?>[] value();

    /** Whether handlers of events inside a batch may wait for the device. */
    HostReads hostReads() default HostReads.ACKNOWLEDGED;
}
