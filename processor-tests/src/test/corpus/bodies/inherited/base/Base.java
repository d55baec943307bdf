package bodies.inherited.base;

import dev.rondo.Learner;
import org.bytedeco.pytorch.Tensor;

public abstract class Base {
    protected Tensor last;

    protected void read(Learner learner) {
        learner.pred(); // ! attribute-not-ready
    }

    protected final void store(Tensor tensor) {
        last = tensor; // ! escaping-tensor
    }

    protected abstract void unseen(Learner learner);
}
