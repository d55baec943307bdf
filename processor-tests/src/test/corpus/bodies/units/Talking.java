package bodies.units;

import dev.rondo.Learner;

interface Talking {
    default void say(Learner learner, String text) {
        System.out.println(text + learner.pred());
    }
}
