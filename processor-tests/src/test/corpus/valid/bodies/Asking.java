package valid.bodies;

import dev.rondo.Learner;
import dev.rondo.annotation.On;
import dev.rondo.event.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Many ways to make sure that an attribute is there. */
class Asking {
    static class InVariables {
        private boolean verbose;
        private long n;

        @On(Event.AFTER_EPOCH)
        void assignedTwice(Learner learner) {
            boolean there = false;
            if (verbose) there = learner.hasLoss();
            if (there) n += learner.loss().numel();
        }

        @On(Event.AFTER_EPOCH)
        void collected(Learner learner) {
            boolean there = verbose;
            there &= learner.hasLoss();
            if (!there) return;
            n += learner.loss().numel();
        }

        @On(Event.AFTER_EPOCH)
        void asANumber(Learner learner) {
            int state = learner.hasLoss() ? 1 : 0;
            if (state == 1) n += learner.loss().numel();
            switch (state) {
                case 1:
                    n += learner.loss().numel();
                    break;
                default:
                    n++;
            }
        }

        @On({Event.AFTER_EPOCH, Event.AFTER_LOSS})
        void asAnArgument(Learner learner) {
            add(learner, learner.hasLoss());
            add(learner.hasLoss() && verbose, learner);
        }

        private void add(Learner learner, boolean there) {
            if (there) n += learner.loss().numel();
        }

        private void add(boolean there, Learner learner) {
            n += there ? learner.loss().numel() : 0;
        }

        @On(Event.AFTER_EPOCH)
        void inAnObject(Learner learner) {
            Boolean there = learner.hasLoss();
            if (Boolean.TRUE.equals(there)) n += learner.loss().numel();
            if (Objects.equals(true, learner.hasLoss())) n += learner.loss().numel();
            if (learner.hasLoss() ? verbose : false) n += learner.loss().numel();
            if (learner.hasLoss() ^ verbose) n++;
        }
    }

    static class InOtherStatements {
        private final Set<Event> early = EnumSet.of(Event.BEFORE_FIT, Event.BEFORE_EPOCH);
        private final List<Event> ends = List.of(Event.AFTER_EPOCH, Event.AFTER_FIT);
        private int n;

        @On({Event.BEFORE_FIT, Event.AFTER_LOSS})
        void switchThatReturns(Learner learner) {
            switch (learner.event()) {
                case BEFORE_FIT:
                    n = 0;
                    return;
                default:
                    break;
            }
            n += (int) learner.loss().numel();
        }

        @On({Event.BEFORE_EPOCH, Event.AFTER_LOSS})
        void switchWithABreak(Learner learner) {
            switch (n) {
                case 0:
                    if (!learner.lossComputed()) break;
                    n += (int) learner.lossGrad().numel();
                    break;
                case 1:
                    n = 0;
                    if (learner.event() == Event.BEFORE_EPOCH) break;
                    learner.loss();
                    break;
                default:
                    n--;
            }
        }

        @On({Event.AFTER_EPOCH, Event.AFTER_FIT, Event.AFTER_BATCH})
        void loopThatReturns(Learner learner) {
            for (Event end : ends) {
                if (learner.event() == end) return;
            }
            n += (int) learner.pred().numel();
        }

        @On({Event.BEFORE_FIT, Event.BEFORE_EPOCH, Event.AFTER_PRED})
        void inASet(Learner learner) {
            if (early.contains(learner.event())) return;
            n += (int) learner.pred().numel();
        }

        @On({Event.BEFORE_FIT, Event.AFTER_PRED})
        void nestedReturn(Learner learner) {
            if (n < 10) {
                n++;
                if (learner.event() == Event.BEFORE_FIT) return;
                n++;
            }
            if (n > 3) n += (int) learner.pred().numel();
        }

        @On({Event.BEFORE_TRAIN, Event.AFTER_LOSS})
        void returnsFromATry(Learner learner) {
            try {
                if (!learner.hasLoss()) return;
                n++;
            } finally {
                n++;
            }
            learner.loss();
        }

        @On({Event.BEFORE_TRAIN, Event.AFTER_LOSS})
        void leavesALabel(Learner learner) {
            ready:
            {
                if (!learner.hasLoss()) break ready;
                learner.loss();
            }
            rows:
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    if (!learner.lossComputed()) continue rows;
                    learner.lossGrad();
                }
            }
        }

        @On({Event.BEFORE_TRAIN, Event.AFTER_LOSS})
        void whileNot(Learner learner) {
            do {
                if (!learner.hasLoss()) break;
                learner.loss();
            } while (n++ < 3);
            for (; learner.hasLoss() && n > 0; n--) learner.loss();
        }
    }

    static class InMethods {
        private int n;

        @On(Event.AFTER_EPOCH)
        void checkedBefore(Learner learner) {
            check(learner.hasLoss(), "no loss");
            learner.loss();
        }

        private static void check(boolean condition, String message) {
            if (!condition) throw new IllegalStateException(message);
        }

        @On(Event.AFTER_EPOCH)
        void required(Learner learner) {
            require(learner);
            learner.loss();
        }

        private static void require(Learner learner) {
            if (!learner.hasLoss()) throw new IllegalStateException();
        }

        @On(Event.AFTER_EPOCH)
        void streams(Learner learner) {
            IntStream.range(0, 3).filter(i -> learner.hasLoss()).forEach(i -> learner.loss());
            if (IntStream.of(n).anyMatch(i -> learner.hasLoss())) learner.loss();
        }

        @On(Event.AFTER_EPOCH)
        void anExceptionOfAnyKind(Learner learner) {
            try {
                n += (int) learner.loss().numel();
            } catch (RuntimeException e) {
                n = 0;
            }
        }

        @On(Event.AFTER_EPOCH)
        void matched(Learner learner) {
            Object any = learner;
            if (any instanceof Learner same && same.hasLoss()) n += (int) same.loss().dim();
        }
    }

    /** A subclass that does something else where the base reads. */
    abstract static class Reading {
        protected int n;

        void run(Learner learner) {
            hook(learner);
        }

        void hook(Learner learner) {
            n += (int) learner.pred().numel();
        }
    }

    static class ReadingNothing extends Reading {
        @On(Event.BEFORE_FIT)
        void begin(Learner learner) {
            run(learner);
        }

        @Override
        void hook(Learner learner) {
            n = learner.epoch();
        }
    }

    /** A local class that does something else in a handler of its superclass, whose table calls it. */
    static Object quiet(Object other) {
        if (other != null) {
            return new ReadingNothing() {
                @Override
                @On(Event.BEFORE_FIT)
                void begin(Learner learner) {
                    System.out.println();
                }
            };
        }
        class Quiet extends ReadingNothing {
            @Override
            @On(Event.BEFORE_FIT)
            void begin(Learner learner) {}
        }
        return new Quiet();
    }

    /** The teacher has its own predictions. */
    record Distilling(Learner teacher, List<Learner> others) {
        @On(Event.BEFORE_BATCH)
        void compare(Learner learner, int epoch) {
            Learner wise = epoch > 3 ? teacher : others.get(0);
            System.out.println(wise.pred().dim() + teacher().loss().dim());
            others.forEach(other -> System.out.println(other.pred().dim()));
            for (int i = 0; i < others.size(); i++) others.get(i).lossGrad();
            read(teacher);
        }

        private static long read(Learner any) {
            return any.pred().numel();
        }
    }
}
