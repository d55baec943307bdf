package bodies.ignored_undo;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import dev.rondo.torch.EnableGrad;
import dev.rondo.torch.NoGrad;
import java.util.function.Consumer;

/** Undos that are thrown away in other statements. */
class UndosInExpressions {
    static {
        NoGrad.enter(); // ! ignored-undo
    }

    private final Consumer<Learner> quiet = learner -> {
        learner.noLogging(); // ! ignored-undo
    };

    @On(Event.BEFORE_VALIDATE)
    void validate(Learner learner) {
        switch (learner.epoch()) {
            case 0 -> learner.noLogging(); // ! ignored-undo
            case 1 -> {
                EnableGrad.enter(); // ! ignored-undo
            }
            default -> quiet.accept(learner);
        }
        try {
            learner.addedCallbacks(this); // ! ignored-undo
        } finally {
            learner.removedCallbacks(); // ! ignored-undo
        }
        for (learner.noLogging(); learner.epoch() > 3; ((NoGrad) null).hashCode()) break; // ! ignored-undo
        new Object() {
            void say() {
                learner.context(); // ! ignored-undo
            }
        }.say();
    }
}
