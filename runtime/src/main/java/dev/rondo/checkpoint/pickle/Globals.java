package dev.rondo.checkpoint.pickle;

import dev.rondo.checkpoint.pickle.StoredTensor.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The classes and functions of Python that a pickle may name, as those that {@code torch.load(weights_only=True)} allows. What they
 * would build in Python is described by a Java value; none of them is called.
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/notes/serialization.html#weights-only">PyTorch, torch.load with weights_only=True</a>
 */
final class Globals {
    /** A class or function that is called with arguments. */
    record Callable(String name, Builder builder) {
        Object call(Arguments arguments) throws PickleException {
            return builder.build(arguments);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What the call of a class or function stands for. */
    interface Builder {
        Object build(Arguments arguments) throws PickleException;
    }

    /** A class of storages. */
    record StorageClass(String dtype) {}

    /** An element type. */
    record Dtype(String name) {
        @Override
        public String toString() {
            return "torch." + name;
        }
    }

    private static final Set<String> DTYPES = Set.of(
            "float64",
            "float32",
            "float16",
            "bfloat16",
            "complex128",
            "complex64",
            "complex32",
            "int64",
            "int32",
            "int16",
            "int8",
            "uint64",
            "uint32",
            "uint16",
            "uint8",
            "bool",
            "float8_e4m3fn",
            "float8_e5m2",
            "float8_e4m3fnuz",
            "float8_e5m2fnuz",
            "float8_e8m0fnu",
            "float4_e2m1fn_x2");

    private static final Map<String, String> STORAGES = Map.ofEntries(
            Map.entry("DoubleStorage", "float64"),
            Map.entry("FloatStorage", "float32"),
            Map.entry("HalfStorage", "float16"),
            Map.entry("BFloat16Storage", "bfloat16"),
            Map.entry("ComplexDoubleStorage", "complex128"),
            Map.entry("ComplexFloatStorage", "complex64"),
            Map.entry("LongStorage", "int64"),
            Map.entry("IntStorage", "int32"),
            Map.entry("ShortStorage", "int16"),
            Map.entry("CharStorage", "int8"),
            Map.entry("ByteStorage", "uint8"),
            Map.entry("BoolStorage", "bool"));

    /** Kinds of tensors that are not read, with the word for them. */
    private static final Map<String, String> OTHER_TENSORS = Map.of(
            "torch._utils._rebuild_sparse_tensor", "sparse",
            "torch._utils._rebuild_sparse_csr_tensor", "sparse",
            "torch._utils._rebuild_qtensor", "quantized",
            "torch._utils._rebuild_nested_tensor", "nested",
            "torch._utils._rebuild_meta_tensor_no_storage", "meta");

    private static final Map<String, Object> ALLOWED = new HashMap<>();

    static {
        for (String dtype : DTYPES) ALLOWED.put("torch." + dtype, new Dtype(dtype));
        STORAGES.forEach((name, dtype) -> {
            for (String module : List.of("torch.", "torch.cuda.")) ALLOWED.put(module + name, new StorageClass(dtype));
        });
        for (String name :
                List.of("torch.storage.UntypedStorage", "torch.storage._UntypedStorage", "torch.UntypedStorage")) {
            ALLOWED.put(name, new StorageClass(Storage.BYTES));
        }
        allow("torch._utils._rebuild_tensor", args -> tensor(args.from(4, 4), 4));
        allow("torch._utils._rebuild_tensor_v2", args -> tensor(args.from(6, 7), 6));
        allow("torch._utils._rebuild_tensor_v3", args -> tensor(args.from(7, 8), 7));
        allow("torch._utils._rebuild_parameter", args -> args.from(1, 3).tensor(0));
        allow("torch._utils._rebuild_parameter_with_state", args -> args.from(4, 4)
                .tensor(0));
        allow("torch._tensor._rebuild_from_type_v2", Globals::fromType);
        for (String name : List.of("torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer")) {
            allow(name, args -> args.from(1, 2).tensor(0));
        }
        allow("torch.Tensor", args -> args.refuse());
        allow("torch.Size", args -> args.from(1, 1).list(0));
        allow("torch.device", args -> args.joined(":"));
        allow("torch.serialization._get_layout", args -> args.from(1, 1).text(0));
        allow("collections.OrderedDict", Arguments::dictionary);
        allow("collections.Counter", Arguments::dictionary);
        allow("builtins.set", args -> args.from(1, 1).list(0));
        allow("builtins.frozenset", args -> args.from(1, 1).list(0));
        allow("builtins.complex", args -> args.from(2, 2).all());
        allow("_codecs.encode", args -> args.from(2, 2).text(0).getBytes(StandardCharsets.ISO_8859_1));
        allow(
                "builtins.bytearray",
                args -> args.size() == 0
                        ? new byte[0]
                        : args.from(1, 2).get(0) instanceof byte[] bytes
                                ? bytes
                                : args.text(0).getBytes(StandardCharsets.ISO_8859_1));
    }

    private Globals() {}

    private static void allow(String name, Builder builder) {
        ALLOWED.put(name, new Callable(name, builder));
    }

    /** Finds a global by the names of its module, which may be Python 2's, and of itself. */
    static Object find(String module, String name) throws PickleException {
        String full = (module.equals("__builtin__") ? "builtins" : module) + "." + name;
        Object found = ALLOWED.get(full);
        if (found != null) return found;
        String kind = OTHER_TENSORS.get(full);
        if (kind != null) {
            throw new PickleException("contains a " + kind + " tensor. Rondo reads dense tensors only."
                    + " Convert it in PyTorch before it is saved.");
        }
        throw new PickleException("contains an object of the class " + FileText.quoted(full)
                + ". Rondo reads tensors, dictionaries, lists and numbers only. Save model.state_dict() instead.");
    }

    /** The arguments: storage, offset, size, stride, requires_grad, hooks, from version 3 the dtype, and flags. */
    private static StoredTensor tensor(Arguments args, int flags) throws PickleException {
        Storage storage = args.storage(0);
        String dtype = flags > 6 ? args.dtype(6) : storage.dtype();
        boolean flagged = args.size() > flags;
        return new StoredTensor(
                storage,
                dtype,
                args.integer(1),
                args.integers(2),
                args.integers(3),
                flagged && args.flag(flags, "conj"),
                flagged && args.flag(flags, "neg"));
    }

    /** A tensor or parameter with attributes of Python, which are left out: function, class, arguments, attributes. */
    private static Object fromType(Arguments args) throws PickleException {
        args.from(4, 4);
        if (!(args.get(0) instanceof Callable function && function.name().startsWith("torch._utils._rebuild_"))) {
            return args.refuse();
        }
        return function.call(new Arguments(new ArrayList<>(args.list(2))));
    }
}
