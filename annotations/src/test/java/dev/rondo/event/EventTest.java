package dev.rondo.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventTest {
    @Test
    void thereAre24EventsAndElevenBelongToABatch() {
        assertEquals(24, Event.values().length);
        assertEquals(
                Set.of(
                        "before_batch after_pred after_loss before_backward after_cancel_backward after_backward before_step after_cancel_step after_step after_cancel_batch after_batch"
                                .split(" ")),
                Arrays.stream(Event.values())
                        .filter(Event::insideBatch)
                        .map(Event::lowerCaseName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyScopeHasABeforeAnAfterCancelAndAnAfterEvent() {
        for (Scope s : Scope.values()) {
            for (String prefix : new String[] {"BEFORE_", "AFTER_CANCEL_", "AFTER_"}) {
                assertEquals(s, Event.valueOf(prefix + s).scope().orElseThrow());
            }
        }
    }

    @Test
    void aScopeIsCancelledFromItsBeforeEventButNotFromItsAfterEvents() {
        for (Scope s : Scope.values()) {
            assertTrue(Event.valueOf("BEFORE_" + s).cancels().contains(s), () -> "before " + s);
            Set<Scope> outside = EnumSet.copyOf(Event.valueOf("BEFORE_" + s).cancels());
            outside.remove(s);
            assertEquals(outside, Event.valueOf("AFTER_" + s).cancels(), () -> "after " + s);
            assertEquals(outside, Event.valueOf("AFTER_CANCEL_" + s).cancels(), () -> "after cancel " + s);
        }
    }

    @Test
    void trainingHappensInFitsAndSearchesOnly() {
        Set<RunKind> training = EnumSet.of(RunKind.FIT, RunKind.LR_FIND);
        for (Event event : Event.values()) {
            if (event.insideBatch() || !event.phases().contains(Phase.VALID)) {
                assertEquals(training, event.kinds(Phase.TRAIN), event::name);
            }
        }
        assertEquals(training, Event.AFTER_CANCEL_FIT.kinds(Phase.VALID));
        assertEquals(Set.of(), Event.BEFORE_STEP.kinds(Phase.VALID));
        assertEquals(EnumSet.allOf(RunKind.class), Event.BEFORE_VALIDATE.kinds(Phase.VALID));
        assertEquals(EnumSet.complementOf(EnumSet.of(RunKind.LR_FIND)), Event.AFTER_BATCH.kinds(Phase.VALID));
    }

    @Test
    void cancelsAreSharedStacklessAndNameTheirScope() throws Exception {
        for (Scope s : Scope.values()) {
            CancelException c = CancelException.of(s);
            assertSame(c, CancelException.of(s));
            assertSame(s.cancel(), c.getClass());
            assertSame(s, c.scope());
            assertEquals(0, c.getStackTrace().length);
            assertEquals(s.cancel().getSimpleName(), c.toString());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(c);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertSame(c, in.readObject());
            }
        }
    }
}
