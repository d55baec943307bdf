package dev.rondo.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** The one line of an error of libtorch. */
@ExtendWith(InScope.class)
class TorchExceptionTest {
    private static RuntimeException at(String place, RuntimeException e) {
        return TorchException.at(() -> place, e);
    }

    private static String line(Executable call) {
        return at("here", assertThrows(RuntimeException.class, call)).getMessage();
    }

    /** An error as JavaCPP throws it: its first frame is a native method. */
    private static RuntimeException raised(String message) {
        RuntimeException e = new RuntimeException(message);
        e.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.bytedeco.pytorch.global.torch", "matmul", "torch.java", -2)
        });
        return e;
    }

    @Test
    void isTheTextOfTheOperatorAndThePlace() {
        assertEquals("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5), here", line(() -> torch.zeros(2, 3)
                .matmul(torch.zeros(4, 5))));
    }

    @Test
    void memoryThatIsNotThere() {
        assertEquals(
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 4503599627370496 bytes. Error code 12"
                        + " (Cannot allocate memory), here",
                line(() -> torch.zeros(1L << 50)));
    }

    @Test
    void closedTensors() {
        Tensor closed = torch.ones(1);
        closed.close();
        assertEquals(
                "A tensor is null or closed: Pointer address of argument 0 is NULL, here",
                line(() -> torch.relu(closed)));
    }

    @Test
    void errorsOfCuda() {
        assertEquals(
                "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79 GiB, here",
                at(
                                "here",
                                raised(
                                        "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79 GiB.\n"
                                                + "Exception raised from malloc at CUDACachingAllocator.cpp:1\nframe #0: c10::Error"))
                        .getMessage());
        assertEquals(
                "CUDA error: device-side assert triggered (an earlier operator may be the cause; CUDA_LAUNCH_BLOCKING=1 in"
                        + " the environment shows which), here",
                at(
                                "here",
                                raised("CUDA error: device-side assert triggered\nSearch for `cudaErrorAssert' in …\n"
                                        + "Compile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.\n"))
                        .getMessage());
    }

    @Test
    void linesAreJoined() {
        assertEquals(
                "first second, here", at("here", raised("first\n  second.\n")).getMessage());
    }

    @Test
    void otherExceptionsStayAsTheyAre() {
        RuntimeException e = new RuntimeException("mine");
        assertSame(e, at("here", e));
        RuntimeException named = at("there", raised("its"));
        assertSame(named, at("here", named));
    }
}
