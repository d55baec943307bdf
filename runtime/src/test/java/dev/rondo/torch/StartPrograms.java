package dev.rondo.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;

/** Programs that the start-up tests run in new JVMs. */
final class StartPrograms {
    static final int REFUSED = 3;

    private StartPrograms() {}

    /** Starts libtorch, computes and prints 2.0, or prints the error; all of it twice. */
    static final class Start {
        public static void main(String[] args) {
            String first = start(), second = start();
            System.out.println(first);
            if (!first.equals(second)) throw new AssertionError(second);
            if (!first.equals("2.0")) System.exit(REFUSED);
        }

        private static String start() {
            try {
                Torch.start();
                return "" + torch.ones(2).sum().item_float();
            } catch (StartupException e) {
                return e.getMessage();
            }
        }
    }

    /** Uses JavaCPP before Rondo. */
    static final class Naive {
        public static void main(String[] args) {
            System.out.println(torch.ones(2).sum().item_float());
        }
    }

    static final class Late {
        public static void main(String[] args) {
            Pointer.maxPhysicalBytes();
            Torch.start();
            System.out.println(torch.ones(2).sum().item_float());
        }
    }

    static final class Threads {
        public static void main(String[] args) {
            System.out.println(Torch.threads());
        }
    }

    /** Allocates, fills and frees 8 MB a hundred times, and prints the number of page faults (Linux). */
    static final class PageFaults {
        public static void main(String[] args) throws IOException {
            Torch.start();
            long before = faults();
            for (int i = 0; i < 100; i++) torch.ones(2_000_000).close();
            System.out.println(faults() - before);
        }

        private static long faults() throws IOException {
            return Long.parseLong(Files.readString(Path.of("/proc/self/stat"))
                    .replaceFirst(".*\\)", "")
                    .split(" ")[8]);
        }
    }
}
