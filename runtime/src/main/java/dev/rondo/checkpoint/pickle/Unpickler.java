package dev.rondo.checkpoint.pickle;

import dev.rondo.checkpoint.pickle.StoredTensor.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets the instructions of a pickle, a program for a stack machine. The values are Java's: dictionaries become maps, lists, tuples
 * and sets become lists, whole numbers become Long or BigInteger; and {@link None}, {@link StoredTensor}.
 *
 * <p>A list or a map can contain itself: do not call hashCode or toString of the result.
 *
 * @see <a href="https://github.com/python/cpython/blob/3.14/Lib/pickletools.py">the instructions</a>
 */
final class Unpickler {
    /** The largest pickle that is read. The bytes of the tensors are not in it, only some 150 bytes for each. */
    static final int MAX_BYTES = 1 << 26;

    /** Bounds for the time and for the stack; {@link HeapBudget} bounds the memory. */
    private static final int MAX_INSTRUCTIONS = 16_000_000, MAX_STACK = 1_000_000, MAX_DEPTH = 1000;

    private static final int PROTO = 0x80, NEWOBJ = 0x81, TUPLE1 = 0x85, TUPLE2 = 0x86, TUPLE3 = 0x87, NEWTRUE = 0x88;
    private static final int NEWFALSE = 0x89, LONG1 = 0x8a, LONG4 = 0x8b, SHORT_BINUNICODE = 0x8c, BINUNICODE8 = 0x8d;
    private static final int BINBYTES8 = 0x8e, EMPTY_SET = 0x8f, ADDITEMS = 0x90, FROZENSET = 0x91, STACK_GLOBAL = 0x93;
    private static final int MEMOIZE = 0x94, FRAME = 0x95, BYTEARRAY8 = 0x96, LAST_PROTOCOL = 5;

    private final Input in;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private final HeapBudget heap;

    private Unpickler(byte[] pickle, HeapBudget heap) {
        in = new Input(pickle);
        this.heap = heap;
    }

    /** The object of a pickle. */
    static Object read(byte[] pickle, HeapBudget heap) throws PickleException {
        return new Unpickler(pickle, heap).run();
    }

    private Object run() throws PickleException {
        for (int i = 0; i < MAX_INSTRUCTIONS; i++) {
            int instruction = in.u1();
            if (instruction == '.') return pop();
            execute(instruction);
        }
        throw HeapBudget.tooLarge();
    }

    private void execute(int instruction) throws PickleException {
        switch (instruction) {
            case PROTO -> {
                if (in.u1() > LAST_PROTOCOL) throw in.damaged();
            }
            case FRAME -> in.i8();
            // the stack and the memo
            case '(' -> mark();
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());
            case 'q' -> remember(in.u1());
            case 'r' -> remember(in.u4());
            case 'p' -> remember(index(in.decimal()));
            case MEMOIZE -> remember(memo.size());
            case 'h' -> recall(in.u1());
            case 'j' -> recall(in.u4());
            case 'g' -> recall(index(in.decimal()));
            // plain values
            case 'N' -> push(None.NONE);
            case NEWTRUE -> push(true);
            case NEWFALSE -> push(false);
            case 'K' -> pushNumber((long) in.u1());
            case 'M' -> pushNumber((long) in.u2());
            case 'J' -> pushNumber((long) in.i4());
            case 'I' -> integerOrBoolean();
            case 'L' -> pushNumber(in.decimal());
            case LONG1 -> pushNumber(in.integer(in.u1()));
            case LONG4 -> pushNumber(in.integer(in.u4()));
            case 'G' -> pushNumber(in.float8());
            case SHORT_BINUNICODE, 'U' -> pushText(in.u1()); // U and T are texts of Python 2
            case 'X', 'T' -> pushText(in.u4());
            case BINUNICODE8 -> pushText(in.i8());
            case 'C' -> pushBytes(in.u1());
            case 'B' -> pushBytes(in.u4());
            case BINBYTES8, BYTEARRAY8 -> pushBytes(in.i8());
            // containers
            case ']', ')', EMPTY_SET -> push(list(List.of()));
            case '}' -> push(map());
            case 't', 'l', FROZENSET -> push(list(popToMark()));
            case TUPLE1 -> push(list(pop(1)));
            case TUPLE2 -> push(list(pop(2)));
            case TUPLE3 -> push(list(pop(3)));
            case 'd' -> {
                List<Object> items = popToMark();
                push(map());
                put(items);
            }
            case 'a' -> append(pop(1));
            case 'e', ADDITEMS -> append(popToMark());
            case 's' -> put(pop(2));
            case 'u' -> put(popToMark());
            // objects
            case 'c' -> push(Globals.find(in.line(), in.line()));
            case STACK_GLOBAL -> global(pop(2));
            case 'R', NEWOBJ -> call(pop(2));
            case 'b' -> build(pop(1).get(0));
            case 'Q' -> push(storage(pop()));
            default ->
                throw new PickleException("cannot be read: its pickle has the instruction 0x"
                        + Integer.toHexString(instruction) + ", which files of torch.save do not have.");
        }
    }

    // ---- the stack

    private void push(Object value) throws PickleException {
        if (stack.size() == MAX_STACK) throw HeapBudget.tooLarge();
        stack.add(value);
    }

    private void pushNumber(Object number) throws PickleException {
        heap.take(HeapBudget.NUMBER);
        push(number);
    }

    private void pushText(long length) throws PickleException {
        heap.take(HeapBudget.TEXT);
        push(in.text(length));
    }

    private void pushBytes(long length) throws PickleException {
        heap.take(HeapBudget.TEXT);
        push(in.bytes(length));
    }

    private void mark() throws PickleException {
        if (marks.size() == MAX_DEPTH) throw HeapBudget.tooLarge();
        marks.add(stack.size());
    }

    /** The first position of the stack after the last mark. */
    private int floor() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }

    private Object top() throws PickleException {
        if (stack.size() <= floor()) throw in.damaged();
        return stack.get(stack.size() - 1);
    }

    private Object pop() throws PickleException {
        Object top = top();
        stack.remove(stack.size() - 1);
        return top;
    }

    private List<Object> pop(int n) throws PickleException {
        if (stack.size() - n < floor()) throw in.damaged();
        return popFrom(stack.size() - n);
    }

    private List<Object> popToMark() throws PickleException {
        if (marks.isEmpty()) throw in.damaged();
        return popFrom(marks.remove(marks.size() - 1));
    }

    private List<Object> popFrom(int position) {
        List<Object> above = stack.subList(position, stack.size());
        List<Object> popped = new ArrayList<>(above);
        above.clear();
        return popped;
    }

    private void remember(long index) throws PickleException {
        heap.take(HeapBudget.MEMO);
        memo.put(index, top());
    }

    private void recall(long index) throws PickleException {
        Object value = memo.get(index);
        if (value == null) throw in.damaged();
        push(value);
    }

    private long index(Object decimal) throws PickleException {
        if (!(decimal instanceof Long index)) throw in.damaged();
        return index;
    }

    /** Protocol 0 writes True as the integer 01. */
    private void integerOrBoolean() throws PickleException {
        String line = in.line();
        try {
            if (line.equals("00") || line.equals("01")) push(line.equals("01"));
            else pushNumber(Long.parseLong(line));
        } catch (NumberFormatException e) {
            throw in.damaged();
        }
    }

    // ---- containers

    private List<Object> list(List<Object> elements) throws PickleException {
        heap.take(HeapBudget.CONTAINER + (long) HeapBudget.ELEMENT * elements.size());
        return new ArrayList<>(elements);
    }

    private Map<Object, Object> map() throws PickleException {
        heap.take(HeapBudget.CONTAINER);
        return new LinkedHashMap<>();
    }

    @SuppressWarnings("unchecked") // all lists are made here
    private void append(List<Object> elements) throws PickleException {
        if (!(top() instanceof List<?> list)) throw in.damaged();
        heap.take((long) HeapBudget.ELEMENT * elements.size());
        ((List<Object>) list).addAll(elements);
    }

    @SuppressWarnings("unchecked") // all maps are made here
    private void put(List<Object> items) throws PickleException {
        if (!(top() instanceof Map<?, ?> map) || items.size() % 2 != 0) throw in.damaged();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = Keys.of(items.get(i));
            heap.takeEntry(key, items.get(i + 1));
            ((Map<Object, Object>) map).put(key, items.get(i + 1));
        }
    }

    // ---- objects

    private void global(List<Object> names) throws PickleException {
        if (!(names.get(0) instanceof String module && names.get(1) instanceof String name)) throw in.damaged();
        push(Globals.find(module, name));
    }

    private void call(List<Object> functionAndArguments) throws PickleException {
        if (!(functionAndArguments.get(0) instanceof Globals.Callable function
                && functionAndArguments.get(1) instanceof List<?> arguments)) throw in.damaged();
        Arguments args = new Arguments(arguments);
        heap.take(HeapBudget.TENSOR + args.weight());
        push(function.call(args));
    }

    /** Attributes of an object. Those of a dictionary, such as the versions of the layers, and of a tensor are left out. */
    private void build(Object attributes) throws PickleException {
        boolean known = top() instanceof Map || top() instanceof StoredTensor;
        if (!known || !(attributes instanceof Map || attributes instanceof List)) throw in.damaged();
    }

    /** A storage, which torch.save names by ("storage", class, key, device, length). */
    private Storage storage(Object id) throws PickleException {
        if (!(id instanceof List<?> parts) || parts.size() != 5) throw in.damaged();
        Arguments args = new Arguments(parts);
        if (!args.text(0).equals("storage") || !(args.get(1) instanceof Globals.StorageClass type)) throw in.damaged();
        heap.take(HeapBudget.CONTAINER);
        return new Storage(args.text(2), type.dtype(), args.integer(4));
    }
}
