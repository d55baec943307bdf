package dev.rondo.benchmarks.dispatch;

import dev.rondo.annotation.On;
import dev.rondo.event.Event;

/**
 * Twenty callbacks of distinct classes. Each has three handlers, two of them for events of a batch, spread evenly over the events. Each has
 * its own field, as classes of different authors do. The classes are written out because the JIT distinguishes receivers by their class.
 */
final class Counters {
    private Counters() {}

    static final class C1 extends Counter {
        long count;

        @On(Event.BEFORE_BATCH)
        @Override
        public void beforeBatch() {
            count += 1;
        }

        @On(Event.AFTER_PRED)
        @Override
        public void afterPred() {
            count += 2;
        }

        @On(Event.BEFORE_FIT)
        @Override
        public void beforeFit() {
            count += 1000;
        }
    }

    static final class C2 extends Counter {
        long count;

        @On(Event.AFTER_LOSS)
        @Override
        public void afterLoss() {
            count += 3;
        }

        @On(Event.BEFORE_BACKWARD)
        @Override
        public void beforeBackward() {
            count += 4;
        }

        @On(Event.BEFORE_EPOCH)
        @Override
        public void beforeEpoch() {
            count += 1000;
        }
    }

    static final class C3 extends Counter {
        long count;

        @On(Event.AFTER_BACKWARD)
        @Override
        public void afterBackward() {
            count += 5;
        }

        @On(Event.BEFORE_STEP)
        @Override
        public void beforeStep() {
            count += 6;
        }

        @On(Event.AFTER_EPOCH)
        @Override
        public void afterEpoch() {
            count += 1000;
        }
    }

    static final class C4 extends Counter {
        long count;

        @On(Event.AFTER_CANCEL_STEP)
        @Override
        public void afterCancelStep() {
            count += 7;
        }

        @On(Event.AFTER_STEP)
        @Override
        public void afterStep() {
            count += 8;
        }

        @On(Event.AFTER_FIT)
        @Override
        public void afterFit() {
            count += 1000;
        }
    }

    static final class C5 extends Counter {
        long count;

        @On(Event.AFTER_BATCH)
        @Override
        public void afterBatch() {
            count += 9;
        }

        @On(Event.BEFORE_BATCH)
        @Override
        public void beforeBatch() {
            count += 10;
        }

        @On(Event.BEFORE_FIT)
        @Override
        public void beforeFit() {
            count += 1000;
        }
    }

    static final class C6 extends Counter {
        long count;

        @On(Event.AFTER_PRED)
        @Override
        public void afterPred() {
            count += 11;
        }

        @On(Event.AFTER_LOSS)
        @Override
        public void afterLoss() {
            count += 12;
        }

        @On(Event.BEFORE_EPOCH)
        @Override
        public void beforeEpoch() {
            count += 1000;
        }
    }

    static final class C7 extends Counter {
        long count;

        @On(Event.BEFORE_BACKWARD)
        @Override
        public void beforeBackward() {
            count += 13;
        }

        @On(Event.AFTER_BACKWARD)
        @Override
        public void afterBackward() {
            count += 14;
        }

        @On(Event.AFTER_EPOCH)
        @Override
        public void afterEpoch() {
            count += 1000;
        }
    }

    static final class C8 extends Counter {
        long count;

        @On(Event.BEFORE_STEP)
        @Override
        public void beforeStep() {
            count += 15;
        }

        @On(Event.AFTER_CANCEL_STEP)
        @Override
        public void afterCancelStep() {
            count += 16;
        }

        @On(Event.AFTER_FIT)
        @Override
        public void afterFit() {
            count += 1000;
        }
    }

    static final class C9 extends Counter {
        long count;

        @On(Event.AFTER_STEP)
        @Override
        public void afterStep() {
            count += 17;
        }

        @On(Event.AFTER_BATCH)
        @Override
        public void afterBatch() {
            count += 18;
        }

        @On(Event.BEFORE_FIT)
        @Override
        public void beforeFit() {
            count += 1000;
        }
    }

    static final class C10 extends Counter {
        long count;

        @On(Event.BEFORE_BATCH)
        @Override
        public void beforeBatch() {
            count += 19;
        }

        @On(Event.AFTER_PRED)
        @Override
        public void afterPred() {
            count += 20;
        }

        @On(Event.BEFORE_EPOCH)
        @Override
        public void beforeEpoch() {
            count += 1000;
        }
    }

    static final class C11 extends Counter {
        long count;

        @On(Event.AFTER_LOSS)
        @Override
        public void afterLoss() {
            count += 21;
        }

        @On(Event.BEFORE_BACKWARD)
        @Override
        public void beforeBackward() {
            count += 22;
        }

        @On(Event.AFTER_EPOCH)
        @Override
        public void afterEpoch() {
            count += 1000;
        }
    }

    static final class C12 extends Counter {
        long count;

        @On(Event.AFTER_BACKWARD)
        @Override
        public void afterBackward() {
            count += 23;
        }

        @On(Event.BEFORE_STEP)
        @Override
        public void beforeStep() {
            count += 24;
        }

        @On(Event.AFTER_FIT)
        @Override
        public void afterFit() {
            count += 1000;
        }
    }

    static final class C13 extends Counter {
        long count;

        @On(Event.AFTER_CANCEL_STEP)
        @Override
        public void afterCancelStep() {
            count += 25;
        }

        @On(Event.AFTER_STEP)
        @Override
        public void afterStep() {
            count += 26;
        }

        @On(Event.BEFORE_FIT)
        @Override
        public void beforeFit() {
            count += 1000;
        }
    }

    static final class C14 extends Counter {
        long count;

        @On(Event.AFTER_BATCH)
        @Override
        public void afterBatch() {
            count += 27;
        }

        @On(Event.BEFORE_BATCH)
        @Override
        public void beforeBatch() {
            count += 28;
        }

        @On(Event.BEFORE_EPOCH)
        @Override
        public void beforeEpoch() {
            count += 1000;
        }
    }

    static final class C15 extends Counter {
        long count;

        @On(Event.AFTER_PRED)
        @Override
        public void afterPred() {
            count += 29;
        }

        @On(Event.AFTER_LOSS)
        @Override
        public void afterLoss() {
            count += 30;
        }

        @On(Event.AFTER_EPOCH)
        @Override
        public void afterEpoch() {
            count += 1000;
        }
    }

    static final class C16 extends Counter {
        long count;

        @On(Event.BEFORE_BACKWARD)
        @Override
        public void beforeBackward() {
            count += 31;
        }

        @On(Event.AFTER_BACKWARD)
        @Override
        public void afterBackward() {
            count += 32;
        }

        @On(Event.AFTER_FIT)
        @Override
        public void afterFit() {
            count += 1000;
        }
    }

    static final class C17 extends Counter {
        long count;

        @On(Event.BEFORE_STEP)
        @Override
        public void beforeStep() {
            count += 33;
        }

        @On(Event.AFTER_CANCEL_STEP)
        @Override
        public void afterCancelStep() {
            count += 34;
        }

        @On(Event.BEFORE_FIT)
        @Override
        public void beforeFit() {
            count += 1000;
        }
    }

    static final class C18 extends Counter {
        long count;

        @On(Event.AFTER_STEP)
        @Override
        public void afterStep() {
            count += 35;
        }

        @On(Event.AFTER_BATCH)
        @Override
        public void afterBatch() {
            count += 36;
        }

        @On(Event.BEFORE_EPOCH)
        @Override
        public void beforeEpoch() {
            count += 1000;
        }
    }

    static final class C19 extends Counter {
        long count;

        @On(Event.BEFORE_BATCH)
        @Override
        public void beforeBatch() {
            count += 37;
        }

        @On(Event.AFTER_PRED)
        @Override
        public void afterPred() {
            count += 38;
        }

        @On(Event.AFTER_EPOCH)
        @Override
        public void afterEpoch() {
            count += 1000;
        }
    }

    static final class C20 extends Counter {
        long count;

        @On(Event.AFTER_LOSS)
        @Override
        public void afterLoss() {
            count += 39;
        }

        @On(Event.BEFORE_BACKWARD)
        @Override
        public void beforeBackward() {
            count += 40;
        }

        @On(Event.AFTER_FIT)
        @Override
        public void afterFit() {
            count += 1000;
        }
    }
}
