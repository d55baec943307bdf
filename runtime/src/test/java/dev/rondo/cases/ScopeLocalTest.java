package dev.rondo.cases;

import static dev.rondo.event.Event.AFTER_BATCH;
import static dev.rondo.event.Event.AFTER_EPOCH;
import static dev.rondo.event.Event.BEFORE_BATCH;
import static dev.rondo.event.Event.BEFORE_FIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.CallbackException;
import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.ScopeLocal;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.CancelTrainException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScopeLocalTest extends Fixture {
    private final List<Object> seen = new ArrayList<>();

    @Test
    void eachOpenScopeHasItsValue() {
        ScopeLocal<Integer> inFit = ScopeLocal.of(Scope.FIT, 0), inEpoch = ScopeLocal.of(Scope.EPOCH, 0);
        learner(
                Callbacks.on(AFTER_BATCH, l -> {
                    inFit.set(l, inFit.get(l) + 1);
                    inEpoch.set(l, inEpoch.get(l) + 1);
                }),
                Callbacks.on(AFTER_EPOCH, l -> seen.add(List.of(inFit.get(l), inEpoch.get(l)))));
        learner.fit(2);
        assertEquals(List.of(List.of(3, 3), List.of(6, 3)), seen);
    }

    @Test
    void aNestedRunNeitherSeesNorChangesTheValueOfTheOuterRun() {
        for (Scope scope : List.of(Scope.FIT, Scope.EPOCH, Scope.BATCH)) {
            ScopeLocal<String> local = ScopeLocal.of(scope, "initial");
            AtomicInteger nested = new AtomicInteger();
            Learner l = learner(Callbacks.on(BEFORE_BATCH, in -> {
                if (in.runDepth() == 1) {
                    local.set(in, "outer");
                    in.validate();
                    assertEquals("outer", local.get(in));
                } else {
                    assertEquals("initial", local.get(in));
                    local.set(in, "nested");
                    nested.incrementAndGet();
                }
            }));
            l.fit(1);
            assertEquals(3, nested.get());
            l.close();
        }
    }

    @Test
    void theValueIsDiscardedHoweverTheScopeEnds() {
        for (CancelException cancel :
                List.of(CancelBatchException.INSTANCE, CancelTrainException.INSTANCE, CancelFitException.INSTANCE)) {
            assertDiscarded(Throw.once(BEFORE_BATCH, cancel));
        }
        assertDiscarded(Throw.once(BEFORE_BATCH, l -> false, CancelBatchException.INSTANCE)); // nothing is thrown
        boolean[] failed = new boolean[1];
        assertDiscarded(Callbacks.on(BEFORE_BATCH, 1, l -> {
            if (failed[0]) return;
            failed[0] = true;
            throw new IllegalStateException();
        }));
    }

    /** Ends a batch in which the value was set; the batches after it see the initial value. */
    private void assertDiscarded(Object ending) {
        ScopeLocal<String> local = ScopeLocal.of(Scope.BATCH, "initial");
        seen.clear();
        Learner l = learner(
                Callbacks.on(BEFORE_BATCH, in -> {
                    seen.add(local.get(in));
                    local.set(in, "set");
                }),
                ending);
        try {
            l.fit(1);
        } catch (CallbackException e) {
            assertEquals("initial", local.get(l));
        }
        l.fit(1);
        assertEquals(List.of("initial"), seen.stream().distinct().toList());
        l.close();
    }

    @Test
    void setRequiresAnOpenScope_getReturnsTheInitialValue() {
        ScopeLocal<Integer> local = ScopeLocal.of(Scope.EPOCH, 7);
        learner(Callbacks.on(BEFORE_FIT, l -> assertRejected(l, local)));
        assertRejected(learner, local);
        learner.fit(0);
        assertEquals(2, seen.size());
    }

    private void assertRejected(Learner l, ScopeLocal<Integer> local) {
        seen.add(local.get(l));
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> local.set(l, 8));
        assertEquals("No EPOCH scope is open here, so nothing can last until its end.", e.getMessage());
        assertEquals(7, local.get(l));
    }

    @Test
    void learnersDoNotShareAValue() {
        ScopeLocal<String> local = ScopeLocal.of(Scope.BATCH, "initial");
        try (LinearModel model = new LinearModel();
                Learner other = given(model, Numbers.batches(1), Numbers.batches(1))
                        .callbacks(setting(local, "other"))
                        .build()) {
            learner(setting(local, "set"), Callbacks.on(AFTER_BATCH, l -> {
                other.validate();
                assertEquals("set", local.get(l));
            }));
            learner.validate();
        }
        assertEquals(List.of("initial", "initial"), seen);
    }

    private Object setting(ScopeLocal<String> local, String value) {
        return Callbacks.on(Event.BEFORE_BATCH, l -> {
            seen.add(local.get(l));
            local.set(l, value);
        });
    }
}
