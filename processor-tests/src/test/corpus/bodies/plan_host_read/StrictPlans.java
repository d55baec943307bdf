package bodies.plan_host_read;

import dev.rondo.Recorder;
import dev.rondo.TrainEvalCallback;
import dev.rondo.annotation.HostReads;
import dev.rondo.annotation.On;
import dev.rondo.annotation.TrainingPlan;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

class StrictPlans {
    @TrainingPlan(
            value = {
                TrainEvalCallback.class,
                Recorder.class,
                Reading.class, // ! plan-host-read
            },
            hostReads = HostReads.NONE)
    interface Strict {}

    @TrainingPlan({TrainEvalCallback.class, Reading.class})
    interface Lenient {}

    static class Reading {
        private double last;

        @On(Event.AFTER_LOSS)
        void read(Tensor loss) {
            last = loss.item_double(); // ! host-read
            if (last > 3) System.out.println(last);
        }
    }
}
