package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_BATCH;
import static dev.rondo.event.Event.AFTER_TRAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.Callbacks;
import dev.rondo.callback.TimeBudget;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TimeBudget with a clock that advances one second per batch. */
class TimeBudgetTest extends Fixture {
    private long now = 5;

    private TimeBudget seconds(int seconds) {
        return new TimeBudget(Duration.ofSeconds(seconds), () -> now);
    }

    private void given(TimeBudget budget) {
        learner(Callbacks.on(AFTER_BATCH, l -> now += 1_000_000_000), budget);
    }

    @Test
    void aFitEndsAfterTheBatchThatExceedsTheBudget() {
        given(seconds(4));
        learner.fit(3, .01);
        assertTrace("BF E BE BT t CF AF");
        assertEquals(1, learner.recorder().rows().size());
    }

    @Test
    void aFitEndsInValidationToo() {
        given(seconds(3));
        learner.fit(3, .01);
        assertTrace("BF BE BT t t AT BV v CF AF");
    }

    @Test
    void betweenEpochsTheFitEndsAfterTheEpoch_whichHasARow() {
        given(seconds(1).betweenEpochs());
        learner.fit(3, .01);
        assertTrace("BF E CF AF");
        assertEquals(1, learner.recorder().rows().size());
    }

    @Test
    void eachFitHasItsOwnBudget_andValidationsHaveNone() {
        given(seconds(4));
        for (int i = 0; i < 3; i++) {
            learner.fit(1, .01);
            learner.validate();
        }
        assertTrace("[BF E AF BF BE BV v AV AE AF]x3");
    }

    @Test
    void aNestedFitSharesTheBudget() {
        given(seconds(5));
        learner.add("inside", Callbacks.on(AFTER_TRAIN, l -> {
            if (l.runDepth() == 1) l.fit(3, .001);
        }));
        learner.fit(3, .001);
        assertTrace("BF BE BT t t AT BF BE BT t t AT BV v CF AF BV v CF AF");
    }

    @Test
    void theTimeBeforeAResumeCounts() {
        given(seconds(5));
        learner.fit(1, .01);
        var state = learner.callbackStates();
        assertEquals(3_000_000_000L, state.get("R2").get("spent"));
        learner.fit(3, fit -> fit.lr(.01).resume(state));
        assertTrace("BF E AF BF BE BT t t CF AF");
    }

    @Test
    void aBudgetMustBePositive() {
        for (Duration d : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertThrows(IllegalArgumentException.class, () -> new TimeBudget(d));
        }
    }
}
