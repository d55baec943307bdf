package dev.rondo.checkpoint.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle. Each method reads the next value and checks first that it is there. */
final class Input {
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_INTEGER = 255; // bytes, as torch.load reads them

    private final ByteBuffer bytes;

    Input(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The exception for a pickle that makes no sense at this place. */
    PickleException damaged() {
        return new PickleException("is damaged: its pickle is wrong at byte " + bytes.position() + ".");
    }

    private ByteBuffer next(long n) throws PickleException {
        if (n < 0 || n > bytes.remaining()) {
            throw new PickleException("is damaged: its pickle ends in the middle, after " + bytes.limit() + " bytes.");
        }
        return bytes;
    }

    int u1() throws PickleException {
        return next(1).get() & 0xff;
    }

    int u2() throws PickleException {
        return next(2).getShort() & 0xffff;
    }

    int i4() throws PickleException {
        return next(4).getInt();
    }

    long u4() throws PickleException {
        return Integer.toUnsignedLong(i4());
    }

    long i8() throws PickleException {
        return next(8).getLong();
    }

    /** A number in the byte order of the network, unlike the others. */
    double float8() throws PickleException {
        return Double.longBitsToDouble(Long.reverseBytes(i8()));
    }

    byte[] bytes(long n) throws PickleException {
        next(n);
        byte[] read = new byte[(int) n];
        bytes.get(read);
        return read;
    }

    /** Text in UTF-8. */
    String text(long n) throws PickleException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(n)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged();
        }
    }

    /** A whole number in two's complement: a Long, or a BigInteger if it is larger. */
    Object integer(long n) throws PickleException {
        if (n > LONGEST_INTEGER) throw damaged();
        byte[] little = bytes(n);
        if (little.length == 0) return 0L;
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) big[i] = little[little.length - 1 - i];
        return narrow(new BigInteger(big));
    }

    /** A whole number in decimal, to the end of the line. */
    Object decimal() throws PickleException {
        String line = line();
        try {
            return narrow(new BigInteger(line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private static Object narrow(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** Text to the end of the line, which is read too. */
    String line() throws PickleException {
        int end = bytes.position(), limit = Math.min(bytes.limit(), end + LONGEST_LINE);
        while (end < limit && bytes.get(end) != '\n') end++;
        if (end == limit) throw damaged();
        String line = text(end - bytes.position());
        bytes.get();
        return line;
    }
}
