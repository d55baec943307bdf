package dev.rondo.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Checks a set of callbacks as a whole, and generates for it the timetable of a run and one class with all calls in their final order,
 * as fast as a loop written by hand. Any type may carry it; it names the plan and is not used otherwise:
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
 * <p>The callbacks are registered in the sequence in which they are listed. The generated class runs while the learner has exactly these
 * callbacks, with no switch and no order changed; otherwise their tables do, with the same effect. The default callbacks of a learner
 * that a plan does not list are registered before it as always: list them, too, to have the whole run in one class.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface TrainingPlan {
    /** The classes of the callbacks, each concrete. */
    Class<?>[] value();
}
