package dev.rondo.processor.body;

import dev.rondo.processor.model.Attribute;
import dev.rondo.processor.report.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;

/** Something that a method does. */
sealed interface Use {
    Place place();

    /** When it happens: what the code around it says. */
    When when();

    /** The same where a method is called. */
    Use within(When outer, ExecutableElement called);

    /**
     * The circumstances of a use.
     *
     * @param guarded whether the code makes sure that attributes are there, or looks at the event
     * @param conditional whether something else decides whether it happens
     * @param later whether it happens after the handler
     * @param through the methods on the way to it that a subclass may override
     */
    record When(boolean guarded, boolean conditional, boolean later, Set<ExecutableElement> through) {
        When within(When outer, ExecutableElement called) {
            return new When(
                    guarded || outer.guarded,
                    conditional || outer.conditional,
                    later || outer.later,
                    isOverridable(called) ? with(called) : through);
        }

        private static boolean isOverridable(ExecutableElement method) {
            return !method.getModifiers().contains(Modifier.PRIVATE)
                    && !method.getModifiers().contains(Modifier.STATIC)
                    && !method.getModifiers().contains(Modifier.FINAL)
                    && !method.getEnclosingElement().getModifiers().contains(Modifier.FINAL);
        }

        private Set<ExecutableElement> with(ExecutableElement method) {
            Set<ExecutableElement> more = new HashSet<>(through);
            more.add(method);
            return Set.copyOf(more);
        }
    }

    /** Reads an attribute of the learner. */
    record Read(Attribute attribute, Place place, When when) implements Use {
        @Override
        public Use within(When outer, ExecutableElement called) {
            return new Read(attribute, place, when.within(outer, called));
        }
    }

    /** Sets an attribute of the learner. */
    record Write(Attribute attribute, Place place, When when) implements Use {
        @Override
        public Use within(When outer, ExecutableElement called) {
            return new Write(attribute, place, when.within(outer, called));
        }
    }

    /** Waits for the device, in a method of this name. */
    record Wait(String method, Place place, When when) implements Use {
        @Override
        public Use within(When outer, ExecutableElement called) {
            return new Wait(method, place, when.within(outer, called));
        }
    }

    /** Puts a tensor of the batch where it outlives the batch; into a field, or what begins with one. */
    record Escape(String tensor, String into, Optional<Element> field, Place place, When when) implements Use {
        @Override
        public Use within(When outer, ExecutableElement called) {
            return new Escape(tensor, into, field, place, when.within(outer, called));
        }
    }

    /** Catches cancels with a type for all exceptions, and does not throw them on. */
    record Swallow(String caught, List<String> cancels, Place place, When when) implements Use {
        @Override
        public Use within(When outer, ExecutableElement called) {
            return new Swallow(caught, cancels, place, when.within(outer, called));
        }
    }
}
