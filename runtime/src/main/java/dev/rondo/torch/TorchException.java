package dev.rondo.torch;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * libtorch refused a call. The message is one line: what the operator says, and where it was called, such as {@code mat1 and mat2 shapes
 * cannot be multiplied (16x9 and 16x3), in layer 'head' (Linear 16→3), input [16, 9] float32}. The cause is the error as JavaCPP threw it,
 * with the native frames.
 *
 * <p>The layers and the runs of a learner throw it. An operator that a program calls outside of them throws JavaCPP's own {@link
 * RuntimeException}.
 */
public final class TorchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What libtorch appends to the text of an error. */
    private static final Pattern NATIVE_FRAMES = Pattern.compile("\\s*(Exception raised from |frame #0:)");

    private static final Pattern CHECKED_AT = Pattern.compile("^\\[enforce fail at [^\\]]*\\]\\s*(err == 0\\.\\s*)?");
    private static final Pattern LINES = Pattern.compile("\\s*\\R\\s*");

    private TorchException(String message, RuntimeException cause) {
        super(message, cause);
    }

    /**
     * Says where an exception occurred, if it comes from native code and does not say so yet.
     *
     * @param where the place, such as "in the backward pass"; may be empty. It is called only if the exception comes from native code.
     * @return a TorchException with the cause e, or e itself if it is another exception
     */
    public static RuntimeException at(Supplier<String> where, RuntimeException e) {
        if (!isNative(e)) return e;
        String place = where.get();
        return new TorchException(text(e) + (place.isEmpty() ? "" : ", " + place), e);
    }

    /**
     * As {@link #at(Supplier, RuntimeException)}, for code that may be the user's: the place ends with the line of the user's code that
     * called the operator, if there is one.
     */
    public static RuntimeException inCode(Supplier<String> where, RuntimeException e) {
        return at(
                () -> {
                    String place = where.get();
                    String line = userLine(e);
                    return line == null ? place : place.isEmpty() ? line : place + ", " + line;
                },
                e);
    }

    /** JavaCPP has no exception class of its own: it throws these two from native methods. */
    private static boolean isNative(RuntimeException e) {
        if (e.getClass() != RuntimeException.class && e.getClass() != NullPointerException.class) return false;
        StackTraceElement[] frames = e.getStackTrace();
        return frames.length > 0
                && frames[0].isNativeMethod()
                && frames[0].getClassName().startsWith("org.bytedeco.");
    }

    private static String text(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof NullPointerException) return "A tensor is null or closed: " + withoutEnd(message);
        String text = CHECKED_AT.matcher(NATIVE_FRAMES.split(message, 2)[0]).replaceFirst("");
        if (text.startsWith("CUDA error")) {
            return withoutEnd(text.lines().findFirst().orElse(text))
                    + " (an earlier operator may be the cause; CUDA_LAUNCH_BLOCKING=1 in the environment shows which)";
        }
        return withoutEnd(LINES.matcher(text.strip()).replaceAll(" "));
    }

    private static String withoutEnd(String sentence) {
        String text = sentence.strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** The first frame that is neither JavaCPP's nor ours, up to the frame of the learner's loop. */
    private static @Nullable String userLine(RuntimeException e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            String type = frame.getClassName();
            if (type.startsWith("org.bytedeco.") || type.startsWith("java.") || type.startsWith("jdk.")) continue;
            if (!isOurs(type)) {
                String owner = type.substring(type.lastIndexOf('.') + 1);
                return "at " + owner + "." + frame.getMethodName() + " (" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")";
            }
            if (type.lastIndexOf('.') == ROOT.length()) return null;
        }
        return null;
    }

    private static final String ROOT = "dev.rondo";
    private static final Pattern OURS = Pattern.compile(Pattern.quote(ROOT)
            + "(\\.(callback|checkpoint|data|dispatch|flight|loss|metric|nn|optim|schedule|spi|torch))?\\.\\w[^.]*");

    private static boolean isOurs(String type) {
        return OURS.matcher(type).matches();
    }
}
