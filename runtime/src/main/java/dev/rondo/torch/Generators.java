package dev.rondo.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.jspecify.annotations.Nullable;

/**
 * Random generators, one for each device, that layers draw from: initial weights and dropout. On a thread without a scope, layers draw from
 * libtorch's default generators, which all threads share. Inside a scope they draw from the generators of the scope, so that the numbers do
 * not depend on other threads. Each learner has generators of its own, and its runs are such scopes.
 *
 * <pre>{@code
 * try (Generators.Scope scope = Generators.seedHere(42)) {
 *     model = new Net(); // the same weights as after Torch.seed(42)
 * }
 * }</pre>
 *
 * <p>Operators that a program calls itself draw from the default generators, unless it gives them {@link #current(Tensor)}. Use generators
 * on one thread at a time.
 *
 * @see <a href="https://pytorch.org/docs/stable/generated/torch.Generator.html">torch.Generator</a>
 */
public final class Generators implements AutoCloseable {
    private static final ThreadLocal<@Nullable Scope> INNERMOST = new ThreadLocal<>();
    private static final AtomicLong SEEDINGS = new AtomicLong();
    private static volatile long seedingOfDefaults;
    private static final GeneratorOptional DEFAULT;

    static {
        Torch.start();
        DEFAULT = Handles.own(new GeneratorOptional());
    }

    /** A generator as operators take it. */
    private record Source(Generator generator, GeneratorOptional argument) {
        static Source of(Generator generator) {
            return new Source(Handles.own(generator), Handles.own(new GeneratorOptional(generator)));
        }

        void close() {
            argument.close();
            generator.close();
        }
    }

    private final Source cpu;
    private final List<@Nullable Source> cuda = new ArrayList<>(); // by the index of the device; made when first used
    private final long seeding;
    private boolean closed;

    private Generators(Generator cpu, long seeding) {
        this.cpu = Source.of(cpu);
        this.seeding = seeding;
    }

    /** New generators with this seed. The caller closes them. */
    public static Generators seeded(long seed) {
        try (PointerScope temporary = new PointerScope()) {
            return new Generators(torch.make_generator_cpu(seed), SEEDINGS.incrementAndGet());
        }
    }

    /**
     * Copies of the generators that layers draw from on this thread. On the CPU they continue the numbers of the original; on CUDA they
     * begin with the same seed. The caller closes them.
     */
    public static Generators copyOfCurrent() {
        Scope scope = innermost();
        long seeding = scope == null ? seedingOfDefaults : scope.generators.seeding;
        try (PointerScope temporary = new PointerScope()) {
            Generator original = scope == null ? torch.getDefaultCPUGenerator() : scope.generators.cpu.generator;
            return new Generators(original.clone(), seeding);
        }
    }

    /** Called after the default generators have been seeded. */
    static void defaultsSeeded() {
        seedingOfDefaults = SEEDINGS.incrementAndGet();
    }

    /**
     * Whether the generators that layers draw from on this thread got their seed after these did; for copies, after the originals did. Then
     * a program has set another seed since, which these do not know of.
     */
    public boolean isOutdated() {
        Scope scope = innermost();
        return (scope == null ? seedingOfDefaults : scope.generators.seeding) > seeding;
    }

    /** Makes layers draw from these generators on this thread until the result is closed. */
    public Scope use() {
        return new Scope(this, false);
    }

    /** Makes layers draw from new generators with this seed on this thread until the result is closed. */
    public static Scope seedHere(long seed) {
        return new Scope(seeded(seed), true);
    }

    /** Whether a scope is open on this thread, so that layers do not draw from libtorch's default generators. */
    public static boolean areInUse() {
        return innermost() != null;
    }

    /**
     * The generator that a layer draws from on this thread, on the device of the tensor, as an argument for operators; empty for libtorch's
     * default generator. Do not close it.
     */
    public static GeneratorOptional current(Tensor like) {
        Scope scope = innermost();
        if (scope == null) return DEFAULT;
        if (like.is_cpu()) return scope.generators.cpu.argument;
        if (!like.is_cuda()) return DEFAULT;
        try (Device device = like.device()) {
            return scope.generators.cuda(device.index()).argument;
        }
    }

    private Source cuda(int index) {
        while (cuda.size() <= index) cuda.add(null);
        Source known = cuda.get(index);
        if (known != null) return known;
        try (PointerScope temporary = new PointerScope()) {
            Generator ofDevice = torch.globalContext().defaultGenerator(new Device(DeviceType.CUDA, (byte) index));
            Source made = Source.of(ofDevice.clone()); // the only way to make one without the CUDA preset
            made.generator.set_current_seed(cpu.generator.current_seed());
            cuda.set(index, made);
            return made;
        }
    }

    /** The generator of the CPU. It belongs to this object. */
    Generator onCpu() {
        return cpu.generator;
    }

    /** The generator of a CUDA device, which is made if there is none yet. It belongs to this object. */
    Generator onCuda(int index) {
        return cuda(index).generator;
    }

    /** The CUDA devices for which there are generators. */
    Set<Integer> cudaInUse() {
        Set<Integer> inUse = new TreeSet<>();
        for (int i = 0; i < cuda.size(); i++) if (cuda.get(i) != null) inUse.add(i);
        return inUse;
    }

    /** Frees the generators. */
    @Override
    public void close() {
        closed = true;
        cpu.close();
        for (Source source : cuda) if (source != null) source.close();
    }

    /** The seed: {@code Generators[seed=42]}. */
    @Override
    public String toString() {
        return closed ? "Generators (closed)" : "Generators[seed=" + cpu.generator.current_seed() + "]";
    }

    private static @Nullable Scope innermost() {
        Scope scope = INNERMOST.get();
        while (scope != null && scope.closed) scope = scope.outer;
        return scope;
    }

    /** A part of a program, on one thread, in which layers draw from certain generators. Scopes can be nested. */
    public static final class Scope implements AutoCloseable {
        private final Generators generators;
        private final boolean owner;
        private final @Nullable Scope outer = innermost();
        private volatile boolean closed;

        private Scope(Generators generators, boolean owner) {
            this.generators = generators;
            this.owner = owner;
            INNERMOST.set(this);
        }

        @Override
        public String toString() {
            return "Scope of " + generators;
        }

        /** Ends the scope. Closing again does nothing. */
        @Override
        public void close() {
            if (closed) return;
            closed = true;
            Scope rest = innermost();
            if (rest == null) INNERMOST.remove();
            else INNERMOST.set(rest);
            if (owner) generators.close();
        }
    }
}
