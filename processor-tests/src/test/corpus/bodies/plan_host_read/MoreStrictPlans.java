package bodies.plan_host_read;

import dev.rondo.Recorder;
import dev.rondo.TrainEvalCallback;
import dev.rondo.annotation.Callback;
import dev.rondo.annotation.HostReads;
import dev.rondo.annotation.On;
import dev.rondo.annotation.TrainingPlan;
import dev.rondo.event.Event;
import org.bytedeco.pytorch.Tensor;

/** Reads in a base, in a method, in a parameter; and what reads outside of batches. */
class MoreStrictPlans {
    @TrainingPlan(hostReads = HostReads.NONE, value = {
        TrainEvalCallback.class,
        Recorder.class,
        Sub.class, // ! plan-host-read
        Smooth.class, // ! plan-host-read
        Outside.class,
    })
    interface Strict {}

    static class Base {
        @On(Event.AFTER_LOSS)
        void read(Tensor loss) {
            print(loss);
        }

        private static void print(Tensor tensor) {
            System.out.println(tensor.item_double()); // ! host-read
        }
    }

    static final class Sub extends Base {
        @On(Event.BEFORE_EPOCH)
        void begin() {
            System.out.println();
        }
    }

    @Callback(order = 60)
    static final class Smooth {
        @On(Event.AFTER_BATCH)
        void read(double smoothLoss) { // ! host-read
            System.out.println(smoothLoss);
        }
    }

    static final class Outside {
        @On(Event.AFTER_EPOCH)
        void read(double smoothLoss) {
            System.out.println(smoothLoss);
        }
    }
}
