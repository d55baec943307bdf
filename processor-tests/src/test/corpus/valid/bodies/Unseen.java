package valid.bodies;

import dev.rondo.Learner;
import dev.rondo.annotation.HostRead;
import dev.rondo.annotation.On;
import dev.rondo.annotation.Writes;
import dev.rondo.data.Batch;
import dev.rondo.event.Event;
import dev.rondo.metric.Metric;
import dev.rondo.torch.TensorValues;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Code that is not seen may set what a handler lists, and may wait for the device. */
class Unseen {
    static class Sets {
        private final UnaryOperator<Learner> change = learner -> learner;
        private final Consumer<Tensor> inPlace = tensor -> {};

        @On(Event.AFTER_PRED)
        @Writes("pred")
        void inPlaceElsewhere(Learner learner) {
            Operators.scale(learner.pred());
        }

        @On(Event.AFTER_PRED)
        @Writes("pred")
        void byAFunction(Learner learner) {
            inPlace.accept(learner.pred());
        }

        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        void byReferences(Learner learner) {
            learner.xb().forEach(Tensor::zero_);
        }

        @On(Event.AFTER_PRED)
        @Writes("pred")
        @HostRead("once")
        void throughMemory(Learner learner) {
            FloatIndexer values = learner.pred().createIndexer();
            values.put(0, 1f);
        }

        @On(Event.AFTER_PRED)
        @Writes("pred")
        @HostRead("once")
        void throughABuffer(Learner learner) {
            FloatBuffer values = learner.pred().createBuffer();
            values.put(0, 1f);
        }

        @On(Event.AFTER_PRED)
        @Writes("pred")
        void intoAnOperand(Learner learner) {
            torch.exp_out(learner.pred(), learner.x());
        }

        @On(Event.AFTER_PRED)
        @Writes("pred")
        void assigned(Learner learner) {
            learner.pred().put(learner.x());
        }

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        void learnerInAnArray(Learner learner) {
            Learner[] all = {learner};
            all[0].setLossGrad(all[0].loss());
        }

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        void learnerFromASupplier(Learner learner) {
            Supplier<Learner> supplier = () -> learner;
            supplier.get().setLossGrad(learner.loss());
            change.apply(learner);
        }

        @On(Event.AFTER_LOSS)
        @Writes("lossGrad")
        void mutualOne(Learner learner) {
            even(learner, 3);
        }

        @On(Event.BEFORE_BACKWARD)
        @Writes("lossGrad")
        void mutualOther(Learner learner) {
            odd(learner, 3);
        }

        private void even(Learner learner, int n) {
            if (n == 0) learner.setLossGrad(learner.loss());
            else odd(learner, n - 1);
        }

        private void odd(Learner learner, int n) {
            if (n > 0) even(learner, n - 1);
        }

        @On(Event.BEFORE_FIT)
        @Writes("loss")
        void outsideOfABatch(Learner learner) {
            learner.setLoss(null);
        }
    }

    /** Static methods of the class around. */
    static void setIn(Learner learner, Batch batch) {
        learner.setBatch(batch);
    }

    static class OfTheClassAround {
        @On(Event.BEFORE_BATCH)
        @Writes("batch")
        void swap(Learner learner) {
            setIn(learner, learner.batch());
        }
    }

    static final class Operators {
        private Operators() {}

        static void scale(Tensor tensor) {
            tensor.zero_();
        }
    }

    static class Waits {
        private final Metric metric;
        private double last;

        Waits(Metric metric) {
            this.metric = metric;
        }

        @On(Event.AFTER_BATCH)
        @HostRead("validates on every 500th batch")
        void validates(Learner learner) {
            if (learner.trainIter() % 500 == 0) learner.validate();
        }

        @On(Event.AFTER_BATCH)
        @HostRead("saves on every 500th batch")
        void saves(Learner learner) {
            if (learner.trainIter() % 500 == 0) learner.save(Path.of("model.safetensors"));
        }

        @On(Event.AFTER_BATCH)
        @HostRead("predicts an image on every 500th batch")
        void predicts(Learner learner) {
            if (learner.trainIter() % 500 == 0) learner.predict(learner.x()).close();
        }

        @On(Event.AFTER_BATCH)
        @HostRead("a metric may wait")
        void ofAnInterface() {
            metric.reset();
        }

        @On(Event.AFTER_BATCH)
        @HostRead("a model may wait")
        void ofAModel(Learner learner) {
            learner.model().forward(learner.x());
        }
    }

    /** What the host has anyway. */
    static class OnTheHost {
        private final Tensor table = torch.arange(new org.bytedeco.pytorch.Scalar(10));
        private double last;

        @On(Event.BEFORE_BATCH)
        void made(int iter) {
            Tensor order = torch.randperm(10);
            long[] indices = TensorValues.longs(order);
            last = indices[0] + order.select(0, iter).item_double();
            last += torch.stack(new org.bytedeco.pytorch.TensorVector(order, order)).sum().item_double();
            last += pick(torch.rand(3));
            TensorOptions options = new TensorOptions(torch.ScalarType.Long);
            last += torch.randperm(10, options).max().item_long();
            last += torch.randperm(10, new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Int))).max().item_int();
        }

        private static double pick(Tensor tensor) {
            return tensor.max().item_double();
        }

        @On(Event.AFTER_BATCH)
        void ofAField(int iter) {
            last = table.select(0, iter % 10).item_double();
            List<Tensor> mine = List.of(torch.rand(2), torch.rand(3));
            for (Tensor one : mine) last += one.sum().item_double();
        }
    }
}
