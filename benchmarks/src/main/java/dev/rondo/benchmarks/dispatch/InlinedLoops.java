package dev.rondo.benchmarks.dispatch;

import dev.rondo.benchmarks.dispatch.Counters.*;
import java.util.List;

/** The lower bound: a loop for each number of callbacks, with the bodies of the handlers inlined by hand. */
final class InlinedLoops {
    private InlinedLoops() {}

    static Loop of(List<Counter> callbacks) {
        return switch (callbacks.size()) {
            case 1 -> new Inlined1(callbacks);
            case 5 -> new Inlined5(callbacks);
            case 20 -> new Inlined20(callbacks);
            default -> throw new IllegalArgumentException(callbacks.size() + " callbacks");
        };
    }

    static final class Inlined1 implements Loop {
        private final C1 c1;

        Inlined1(List<Counter> all) {
            c1 = (C1) all.get(0);
        }

        @Override
        public void batches(int n) {
            for (int i = 0; i < n; i++) batch();
        }

        private void batch() {
            c1.count += 1;
            NativeWork.run();
            c1.count += 2;
            NativeWork.run();
            NativeWork.run();
            NativeWork.run();
            NativeWork.run();
            NativeWork.run();
            NativeWork.run();
            NativeWork.run();
            NativeWork.run();
        }
    }

    static final class Inlined5 implements Loop {
        private final C1 c1;
        private final C2 c2;
        private final C3 c3;
        private final C4 c4;
        private final C5 c5;

        Inlined5(List<Counter> all) {
            c1 = (C1) all.get(0);
            c2 = (C2) all.get(1);
            c3 = (C3) all.get(2);
            c4 = (C4) all.get(3);
            c5 = (C5) all.get(4);
        }

        @Override
        public void batches(int n) {
            for (int i = 0; i < n; i++) batch();
        }

        private void batch() {
            c1.count += 1;
            c5.count += 10;
            NativeWork.run();
            c1.count += 2;
            NativeWork.run();
            c2.count += 3;
            NativeWork.run();
            c2.count += 4;
            NativeWork.run();
            c3.count += 5;
            NativeWork.run();
            c3.count += 6;
            NativeWork.run();
            c4.count += 7;
            NativeWork.run();
            c4.count += 8;
            NativeWork.run();
            c5.count += 9;
            NativeWork.run();
        }
    }

    static final class Inlined20 implements Loop {
        private final C1 c1;
        private final C2 c2;
        private final C3 c3;
        private final C4 c4;
        private final C5 c5;
        private final C6 c6;
        private final C7 c7;
        private final C8 c8;
        private final C9 c9;
        private final C10 c10;
        private final C11 c11;
        private final C12 c12;
        private final C13 c13;
        private final C14 c14;
        private final C15 c15;
        private final C16 c16;
        private final C17 c17;
        private final C18 c18;
        private final C19 c19;
        private final C20 c20;

        Inlined20(List<Counter> all) {
            c1 = (C1) all.get(0);
            c2 = (C2) all.get(1);
            c3 = (C3) all.get(2);
            c4 = (C4) all.get(3);
            c5 = (C5) all.get(4);
            c6 = (C6) all.get(5);
            c7 = (C7) all.get(6);
            c8 = (C8) all.get(7);
            c9 = (C9) all.get(8);
            c10 = (C10) all.get(9);
            c11 = (C11) all.get(10);
            c12 = (C12) all.get(11);
            c13 = (C13) all.get(12);
            c14 = (C14) all.get(13);
            c15 = (C15) all.get(14);
            c16 = (C16) all.get(15);
            c17 = (C17) all.get(16);
            c18 = (C18) all.get(17);
            c19 = (C19) all.get(18);
            c20 = (C20) all.get(19);
        }

        @Override
        public void batches(int n) {
            for (int i = 0; i < n; i++) batch();
        }

        private void batch() {
            c1.count += 1;
            c5.count += 10;
            c10.count += 19;
            c14.count += 28;
            c19.count += 37;
            NativeWork.run();
            c1.count += 2;
            c6.count += 11;
            c10.count += 20;
            c15.count += 29;
            c19.count += 38;
            NativeWork.run();
            c2.count += 3;
            c6.count += 12;
            c11.count += 21;
            c15.count += 30;
            c20.count += 39;
            NativeWork.run();
            c2.count += 4;
            c7.count += 13;
            c11.count += 22;
            c16.count += 31;
            c20.count += 40;
            NativeWork.run();
            c3.count += 5;
            c7.count += 14;
            c12.count += 23;
            c16.count += 32;
            NativeWork.run();
            c3.count += 6;
            c8.count += 15;
            c12.count += 24;
            c17.count += 33;
            NativeWork.run();
            c4.count += 7;
            c8.count += 16;
            c13.count += 25;
            c17.count += 34;
            NativeWork.run();
            c4.count += 8;
            c9.count += 17;
            c13.count += 26;
            c18.count += 35;
            NativeWork.run();
            c5.count += 9;
            c9.count += 18;
            c14.count += 27;
            c18.count += 36;
            NativeWork.run();
        }
    }
}
