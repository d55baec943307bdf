package invalid.custom_events;

import dev.rondo.annotation.EventType;
import dev.rondo.event.CancelStepException;
import dev.rondo.event.Scope;
import org.bytedeco.pytorch.Tensor;

class CustomEventHandlers {
    @EventType(within = Scope.BATCH)
    @interface AfterRow {
        int order() default 0;
    }

    static class CustomEvents {
        @AfterRow
        private void hidden() {} // ! private-handler

        @AfterRow
        void los(Tensor los) {} // ! unknown-attribute

        @AfterRow
        void step() throws CancelStepException {} // ! cancel-no-effect

        @AfterRow
        Tensor dropped(Tensor loss) { // ! writes-without-result
            return loss;
        }
    }
}
