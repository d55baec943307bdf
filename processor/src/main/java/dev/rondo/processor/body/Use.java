package dev.rondo.processor.body;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.report.Place;
import java.util.List;

/** Something that a method does. */
sealed interface Use {
    Place place();

    /** When it happens: what the code around it says. */
    When when();

    /** The same where a method is called. */
    Use within(When outer, String helper);

    /**
     * The circumstances of a use.
     *
     * @param guarded whether the code makes sure that attributes are there, or looks at the event
     * @param conditional whether something else decides whether it happens
     * @param later whether it happens after the handler
     * @param helper the method that the handler calls and that does it; empty for the handler itself
     */
    record When(boolean guarded, boolean conditional, boolean later, String helper) {
        When within(When outer, String called) {
            return new When(
                    guarded || outer.guarded,
                    conditional || outer.conditional,
                    later || outer.later,
                    helper.isEmpty() ? called : helper);
        }
    }

    /** Reads an attribute of the learner. */
    record Read(Attribute attribute, Place place, When when) implements Use {
        @Override
        public Use within(When outer, String called) {
            return new Read(attribute, place, when.within(outer, called));
        }
    }

    /** Sets an attribute of the learner. */
    record Write(Attribute attribute, Place place, When when) implements Use {
        @Override
        public Use within(When outer, String called) {
            return new Write(attribute, place, when.within(outer, called));
        }
    }

    /** Waits for the device, in a method of this name. */
    record Wait(String method, Place place, When when) implements Use {
        @Override
        public Use within(When outer, String called) {
            return new Wait(method, place, when.within(outer, called));
        }
    }

    /** Puts a tensor of the batch where it outlives the batch. */
    record Escape(String tensor, String into, Place place, When when) implements Use {
        @Override
        public Use within(When outer, String called) {
            return new Escape(tensor, into, place, when.within(outer, called));
        }
    }

    /** Catches cancels with a type for all exceptions, and does not throw them on. */
    record Swallow(String caught, List<String> cancels, Place place, When when) implements Use {
        @Override
        public Use within(When outer, String called) {
            return new Swallow(caught, cancels, place, when.within(outer, called));
        }
    }
}
