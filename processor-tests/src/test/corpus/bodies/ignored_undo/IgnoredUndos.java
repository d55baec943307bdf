package bodies.ignored_undo;

import dev.rondo.Learner;
import dev.rondo.annotation.MustClose;
import dev.rondo.loss.Losses;
import dev.rondo.torch.Autocast;
import dev.rondo.torch.Devices;
import dev.rondo.torch.NoGrad;
import org.bytedeco.pytorch.global.torch.ScalarType;

class IgnoredUndos {
    static void evaluate(Learner learner) {
        learner.noLogging(); // ! ignored-undo
        learner.lossReplacedBy(Losses.mse()); // ! ignored-undo
        NoGrad.enter(); // ! ignored-undo
        if (learner.epoch() > 0) Autocast.enter(Devices.cpu(), ScalarType.BFloat16); // ! ignored-undo
        learner.context(); // ! ignored-undo
        Runnable later = () -> {
            learner.removedCallbacks(); // ! ignored-undo
        };
        later.run();
        opened(); // ! ignored-undo
        new Guard(); // ! ignored-undo
    }

    @MustClose
    static AutoCloseable opened() {
        return () -> {};
    }

    static final class Guard implements AutoCloseable {
        @MustClose
        Guard() {}

        @Override
        public void close() {}
    }
}
