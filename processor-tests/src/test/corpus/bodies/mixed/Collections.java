package bodies.mixed;

import dev.rondo.*;
import dev.rondo.annotation.*;
import dev.rondo.data.*;
import dev.rondo.event.*;
import dev.rondo.torch.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import org.bytedeco.pytorch.Tensor; import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

class Collections {
    // right
    static class V1 {
        private Tensor t;
        @On(Event.AFTER_BATCH) void a(Learner learner) {
            Optional<Tensor> o = learner.predicted() ? Optional.of(learner.pred()) : Optional.empty();
            o.map(Tensor::numel).ifPresent(System.out::println);
            Tensor[] ts = {learner.pred()};
            for (int i = 0; i < ts.length; i++) System.out.println(ts[i].dim());
            class Local { Tensor x; }
            Local l = new Local();
            l.x = learner.pred();
            StringBuilder sb = new StringBuilder();
            sb.append(learner.pred().size(0));
        }
        @On(Event.AFTER_PRED) void b(Learner learner) {
            Supplier<Tensor> s = () -> learner.pred();
            System.out.println(s.get().dim());
            Function<Tensor, Tensor> f = Tensor::detach;
            f.apply(learner.pred());
        }
        @On(Event.BEFORE_FIT) void c(Learner learner) {
            learner.until(Scope.FIT, () -> { if (t != null) t.close(); });
        }
        @On(Event.AFTER_LOSS) void d(Learner learner) {
            if (t != null) t.close();
            t = learner.keep(learner.loss().detach());
        }
    }
    static class V2<T extends Device> {
        T device;
        @On(Event.AFTER_PRED) void a(Tensor pred) {
            T d = device;
            pred.to(d, torch.ScalarType.Float);
        }
    }
    // wrong
    static class I1 {
        private final ConcurrentLinkedQueue<Tensor> q = new ConcurrentLinkedQueue<>();
        private final Map<String, Tensor> m = new ConcurrentHashMap<>();
        private Optional<Tensor> o = Optional.empty();
        private Batch b;
        private List<Tensor> list;
        private final Tensor[][] grid = new Tensor[2][2];
        @On(Event.AFTER_BATCH) void a(Learner learner) {
            q.offer(learner.pred()); // ! escaping-tensor
            m.put("a", learner.loss()); // ! escaping-tensor
            o = Optional.of(learner.pred()); // ! escaping-tensor
            b = learner.batch(); // ! escaping-tensor
            list = List.copyOf(learner.xb()); // ! escaping-tensor
            grid[0][1] = learner.pred(); // ! escaping-tensor
            List<Tensor> alias = list;
            alias.add(learner.pred()); // ! escaping-tensor
            Batch mine = Batch.of(learner.x(), learner.y());
            b = mine; // ! escaping-tensor
            learner.until(Scope.FIT, learner.pred()::close); // ! escaping-tensor
        }
        @On(Event.AFTER_PRED) void fork(Learner learner, @Read("pred") Tensor p) {
            ForkJoinPool.commonPool().submit(() -> System.out.println(p.dim())); // ! escaping-tensor
        }
    }
}
