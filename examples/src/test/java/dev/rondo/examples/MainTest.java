package dev.rondo.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.Linear;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** What the command line prints when a command fails. */
class MainTest {
    @Command(name = "rondo")
    static final class WrongShapes implements Runnable {
        @Override
        public void run() {
            try (Linear layer = new Linear(3, 2)) {
                layer.forward(torch.zeros(2, 4));
            }
        }
    }

    @Command(name = "rondo")
    static final class Mistake implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("ours");
        }
    }

    private final StringWriter err = new StringWriter();

    private int status(Object command) {
        return Main.commandLine(command).setErr(new PrintWriter(err, true)).execute();
    }

    @Test
    void anErrorOfLibtorchIsOneLine() {
        assertEquals(1, status(new WrongShapes()));
        assertEquals(
                "rondo: mat1 and mat2 shapes cannot be multiplied (2x4 and 3x2), in layer Linear 3→2, input [2, 4] float32",
                err.toString().strip());
    }

    @Test
    void anInternalErrorHasItsWholeTrace() {
        assertEquals(70, status(new Mistake()));
        assertTrue(err.toString().contains("IllegalStateException: ours"), err.toString());
        assertTrue(err.toString().contains("at dev.rondo.examples.MainTest"), err.toString());
    }
}
