package bodies.host_read;

import dev.rondo.Learner;
import dev.rondo.annotation.EventType;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.WaitsForDevice;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.torch.Devices;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

class HostReads {
    private double last;
    private Tensor target;

    @On(Event.AFTER_LOSS)
    void watch(Tensor loss) throws CancelFitException {
        if (loss.item_double() > 3) throw CancelFitException.INSTANCE; // ! host-read
        last = loss.item().toDouble(); // ! host-read
    }

    @On(Event.AFTER_PRED)
    void copies(Tensor pred) {
        Tensor host = pred
                .detach()
                .cpu(); // ! host-read
        last = host.mean().item_double(); // the host has it
        pred.to(Devices.cpu(), ScalarType.Float); // ! host-read
        pred.to(new Device(DeviceType.CPU), ScalarType.Float); // ! host-read
        pred.to(new Device("cpu"), ScalarType.Float); // ! host-read
    }

    @On(Event.AFTER_BATCH)
    void comparisons(Tensor pred, Learner learner) {
        if (pred.equal(target)) last++; // ! host-read
        if (torch.equal(pred, learner.y())) last++; // ! host-read
        last += pred.nonzero().size(0); // ! host-read
        last += pred.is_nonzero() ? 1 : 0; // ! host-read
    }

    @On(Event.AFTER_BATCH)
    void memory(Tensor pred) {
        pred.data_ptr_float(); // ! host-read
        FloatBuffer buffer = pred.createBuffer(); // ! host-read
        pred.createIndexer(); // ! host-read
        last += buffer.get(0);
    }

    @On(Event.AFTER_BATCH)
    void smooth(Learner learner) {
        last = learner.smoothLoss(); // ! host-read
    }

    @On(Event.AFTER_BATCH)
    void smooth(
            double smoothLoss) { // ! host-read
        last = smoothLoss;
    }

    @On({Event.AFTER_EPOCH, Event.AFTER_BATCH})
    void helped(Learner learner) {
        if (learner.hasLoss()) log(learner.loss());
    }

    private void log(Tensor tensor) {
        last = tensor.item_float(); // ! host-read
    }

    @On(Event.AFTER_BATCH)
    void references(Learner learner) {
        learner.xb().forEach(this::log);
        learner.yb().stream().map(Tensor::item_double).forEach(d -> last += d); // ! host-read
        learner.xb().forEach(x -> last += x.item_int()); // ! host-read
    }

    @On(Event.AFTER_BATCH)
    void ours(Tensor pred) {
        last = largest(pred); // ! host-read
    }

    @WaitsForDevice
    private static double largest(Tensor tensor) {
        return tensor.max().item_double();
    }

    @EventType(within = Scope.BATCH)
    @Target(ElementType.METHOD)
    @interface AfterStep {
        int order() default 0;
    }

    @AfterStep
    void custom(Tensor lossGrad) {
        last = lossGrad.item_double(); // ! host-read
    }

    @On(Event.AFTER_LOSS)
    @HostRead("nothing is read") // ! host-read
    void unused(Tensor loss) {
        last = loss.numel();
    }

    @On(Event.AFTER_EPOCH)
    @HostRead // ! host-read
    void outside(Learner learner) {
        if (learner.hasLoss()) last = learner.loss().item_double();
    }
}
