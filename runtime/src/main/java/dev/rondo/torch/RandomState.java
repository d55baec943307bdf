package dev.rondo.torch;

import dev.rondo.annotation.MustClose;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * A saved state of generators: those of a learner and libtorch's default generators, the CPU's and, with a CUDA device, that of every CUDA
 * device. Other threads share the default generators, so a state is set back only if it has changed.
 *
 * <p>An object keeps a state inside a program. {@link #save} and {@link #load} are for files: a state is a map of uint8 tensors with the
 * names {@code default.cpu}, {@code own.cpu}, {@code default.cuda:0}, {@code own.cuda:0}, …
 *
 * @see <a href="https://docs.pytorch.org/docs/2.10/generated/torch.Generator.html#torch.Generator.get_state">PyTorch, get_state</a>
 */
public final class RandomState implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("(default|own)\\.(?:cpu|cuda:([0-9]{1,3}))");

    private final Generators own;
    private final Map<String, Tensor> states;
    private boolean closed;

    private RandomState(Generators own, Map<String, Tensor> states) {
        this.own = own;
        this.states = states;
    }

    /**
     * Saves the state of the default generators and of these.
     *
     * @param own generators that stay open until the state is closed
     * @param device the device in use; the generators of CUDA are saved only if it is a CUDA device
     */
    @MustClose
    public static RandomState of(Generators own, Device device) {
        return new RandomState(own, save(own, device));
    }

    /** Restores the state of the generators. May be called again. */
    public void restore() {
        set(states, own);
    }

    /**
     * Copies of the states of the default generators and of these, by name. They contain all that decides the next numbers, also the second
     * one of a pair of normal numbers.
     *
     * @param own generators of a learner
     * @param device as for {@link #of}
     * @return tensors on the CPU that the caller closes
     */
    public static Map<String, Tensor> save(Generators own, Device device) {
        Objects.requireNonNull(own, "'own' must not be null.");
        Set<String> names = needed(Objects.requireNonNull(device, "'device' must not be null."));
        for (int i = 0; Devices.isCuda(device) && i < torch.cuda_device_count(); i++) names.add("default.cuda:" + i);
        for (int i : own.cudaInUse()) names.add("own.cuda:" + i);
        Map<String, Tensor> states = new LinkedHashMap<>();
        try (PointerScope temporary = new PointerScope()) {
            for (String name : names) states.put(name, generator(name, own).get_state()); // a copy
            states.values().forEach(Handles::own); // after all calls that can fail
        }
        return states;
    }

    /**
     * Sets the default generators and these to saved states, so that they go on with the same numbers. States of CUDA devices that this
     * machine does not have are left out, except of the device in use. States may come from a damaged file: libtorch would read beyond the
     * end of a state with a wrong position, so that everything in it is checked.
     *
     * @param states what {@link #save} returned; the tensors are not changed
     * @param own generators of a learner
     * @param device the device in use
     * @throws IllegalArgumentException if a state of a generator in use is missing, a name is unknown or a state is not one of a
     *     generator; nothing has changed
     */
    public static void load(Map<String, Tensor> states, Generators own, Device device) {
        Objects.requireNonNull(states, "'states' must not be null.");
        Objects.requireNonNull(own, "'own' must not be null.");
        for (String name : needed(Objects.requireNonNull(device, "'device' must not be null."))) {
            if (!states.containsKey(name)) {
                throw new IllegalArgumentException("The saved states of random generators have none for '" + name
                        + "', only for " + states.keySet() + ".");
            }
        }
        Map<String, Tensor> here = new LinkedHashMap<>();
        states.forEach((name, state) -> {
            boolean cuda = cudaIndex(name) >= 0;
            if (cuda) GeneratorState.checkCuda(name, state);
            else GeneratorState.checkCpu(name, state);
            if (!cuda || cudaIndex(name) < torch.cuda_device_count()) here.put(name, state);
        });
        set(here, own);
    }

    /** The names of the generators from which a run on a device draws. */
    private static Set<String> needed(Device device) {
        Set<String> names = new TreeSet<>(Set.of("default.cpu", "own.cpu"));
        if (Devices.isCuda(device)) {
            String cuda = ".cuda:" + (device.has_index() ? device.index() : 0);
            names.add("default" + cuda);
            names.add("own" + cuda);
        }
        return names;
    }

    private static void set(Map<String, Tensor> states, Generators own) {
        try (PointerScope temporary = new PointerScope()) {
            states.forEach((name, state) -> {
                Generator generator = generator(name, own);
                if (!generator.get_state().equal(state)) generator.set_state(state);
            });
        }
    }

    /** A generator by its name, in the native scope of the caller unless it is one of its own. */
    private static Generator generator(String name, Generators own) {
        int cuda = cudaIndex(name);
        if (name.startsWith("own")) return cuda < 0 ? own.onCpu() : own.onCuda(cuda);
        return cuda < 0
                ? torch.getDefaultCPUGenerator()
                : torch.globalContext().defaultGenerator(new Device(DeviceType.CUDA, (byte) cuda));
    }

    /** The index of the CUDA device in a name; -1 for the CPU. */
    private static int cudaIndex(String name) {
        Matcher matcher = NAME.matcher(String.valueOf(name));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A random generator is named like 'own.cpu' or 'default.cuda:0', not '" + name + "'.");
        }
        return matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
    }

    /** Frees the saved state. */
    @Override
    public void close() {
        closed = true;
        states.values().forEach(Tensor::close);
    }

    @Override
    public String toString() {
        return "RandomState[generators=" + states.size() + (closed ? ", closed]" : "]");
    }
}
