package dev.rondo.optim;

import dev.rondo.check.Range;
import java.util.List;

/** The formula of an optimizer of Adam's family, which divides the {@link Averages} by their bias corrections. */
interface AdamRule extends UpdateRule {
    @Override
    default List<State> states() {
        return Averages.BOTH;
    }

    /** The bias correction 1 − momⁿ must not be 0. */
    @Override
    default void check(Hyper hyper, double value) {
        if (hyper == Hyper.MOM) hyper.check(value, Range.BELOW_1);
        else hyper.check(value);
    }
}
