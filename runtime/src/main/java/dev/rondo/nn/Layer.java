package dev.rondo.nn;

import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/**
 * The base of layers and of models made of layers. A subclass registers in its constructor what it holds, under PyTorch's names, and
 * implements {@link #forward}:
 *
 * <pre>{@code
 * final class Net extends Layer {
 *     private final Linear hidden = child("hidden", new Linear(784, 64)), head = child("head", new Linear(64, 10));
 *
 *     @Override public Tensor forward(Tensor... x) {
 *         return output(head.forward(torch.relu(hidden.forward(x[0]))));
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #output} shows a result to those who asked to see it with {@link #addForwardHook}; a layer that returns its result without
 * it works as well and cannot be looked into.
 *
 * <p>A layer owns its tensors; {@link #close} frees them. New layers are in training mode, as in PyTorch.
 */
public abstract class Layer implements Model, AutoCloseable {
    static {
        Torch.start();
    }

    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();
    private final List<Pointer> owned = new ArrayList<>();
    private boolean training = true;
    private ForwardHook @Nullable [] hooks; // null while nobody looks, so that an output costs one comparison

    /** For subclasses. */
    protected Layer() {}

    /**
     * Registers a trainable tensor.
     *
     * @param tensor a new tensor that nothing else owns; the layer takes it out of the native scope that it was made in
     */
    protected final Tensor parameter(String name, Tensor tensor, Parameter.Role role) {
        claim(name);
        tensor.retainReference();
        tensor.set_requires_grad(true);
        parameters.add(new Parameter(name, tensor, role));
        return tensor;
    }

    /** Registers a tensor that is part of the state and not trained; ownership as for parameters. */
    protected final Tensor buffer(String name, Tensor tensor) {
        claim(name);
        tensor.retainReference();
        buffers.put(name, tensor);
        return tensor;
    }

    private void claim(String name) {
        if (buffers.containsKey(name)
                || parameters.stream().anyMatch(p -> p.name().equals(name))) {
            throw new IllegalArgumentException(
                    "Two tensors named '" + name + "' in " + getClass().getSimpleName() + ".");
        }
    }

    /** A tensor in the form in which operators take one that may be missing, made once; it shares the tensor and ends with the layer. */
    protected final TensorOptional optional(Tensor tensor) {
        return own(new TensorOptional(tensor));
    }

    /** A missing tensor, for operators that can do without one. */
    protected final TensorOptional none() {
        return own(new TensorOptional());
    }

    /** Takes a new native object, an operator's argument for example, out of the native scope that it was made in; it ends with the layer. */
    protected final <P extends Pointer> P own(P pointer) {
        owned.add(Handles.own(pointer));
        return pointer;
    }

    /** Registers a layer inside this one. */
    protected final <L extends Layer> L child(String name, L layer) {
        if (children.putIfAbsent(name, layer) != null) {
            throw new IllegalArgumentException(
                    "Two layers named '" + name + "' in " + getClass().getSimpleName() + ".");
        }
        return layer;
    }

    /** Whether each output is a new tensor that the backward pass does not read, so that the next layer may overwrite it. */
    boolean yieldsOutput() {
        return false;
    }

    /** What {@link #forward} returns, shown to the hooks; without hooks it costs nothing. */
    protected final Tensor output(Tensor y) {
        if (hooks != null) for (ForwardHook hook : hooks) hook.after(this, y);
        return y;
    }

    /**
     * Has a hook see each output of this layer, until it is removed. A hook that is added twice sees it twice.
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.register_forward_hook">PyTorch,
     *     register_forward_hook</a>
     */
    public final void addForwardHook(ForwardHook hook) {
        int n = hooks == null ? 0 : hooks.length;
        ForwardHook[] more = n == 0 ? new ForwardHook[1] : Arrays.copyOf(hooks, n + 1);
        more[n] = hook;
        hooks = more; // a copy: hooks may be added and removed while they are called
    }

    /** Removes a hook once; nothing happens if it is not there. */
    public final void removeForwardHook(ForwardHook hook) {
        if (hooks == null) return;
        List<ForwardHook> fewer = new ArrayList<>(Arrays.asList(hooks));
        fewer.remove(hook);
        hooks = fewer.isEmpty() ? null : fewer.toArray(ForwardHook[]::new);
    }

    /** Whether somebody looks at the outputs of this layer. */
    public final boolean hooked() {
        return hooks != null;
    }

    /** Whether the layer is in training mode. */
    public final boolean training() {
        return training;
    }

    @Override
    public void train(boolean training) {
        this.training = training;
        for (Layer child : children.values()) child.train(training);
    }

    @Override
    public Runnable mode() {
        boolean before = training;
        Map<Layer, Boolean> single = new IdentityHashMap<>();
        for (Layer layer : layers().values()) single.put(layer, layer.training);
        return () -> {
            train(before);
            single.forEach((layer, mode) -> layer.training = mode);
        };
    }

    /** Resets the layers inside this one; those that keep something from batch to batch drop it. */
    @Override
    public void reset() {
        for (Layer child : children.values()) child.reset();
    }

    /** As PyTorch's named_parameters: this layer's own, then those of the layers inside it; one that is shared stands once. */
    @Override
    public final List<Parameter> parameters() {
        Set<Tensor> listed = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.concat(
                        parameters.stream(),
                        children.entrySet().stream()
                                .flatMap(c -> c.getValue().parameters().stream().map(p -> p.inside(c.getKey()))))
                .filter(p -> listed.add(p.tensor()))
                .toList();
    }

    @Override
    public final Map<String, Tensor> buffers() {
        Map<String, Tensor> all = new LinkedHashMap<>(buffers);
        children.forEach((name, child) -> child.buffers().forEach((b, tensor) -> all.put(name + "." + b, tensor)));
        return all;
    }

    @Override
    public final void to(Device device) {
        try (NoGrad off = NoGrad.enter()) {
            for (Parameter p : parameters) move(p.tensor(), device);
            for (Tensor b : buffers.values()) move(b, device);
        }
        for (Layer child : children.values()) child.to(device);
    }

    /** As PyTorch's Module.to: the tensor object stays and gets other data, so that optimizers and graphs keep hold of it. */
    private static void move(Tensor tensor, Device device) {
        try (Device at = tensor.device()) {
            if (at.equals(device)) return;
        }
        try (Tensor moved = tensor.to(device, tensor.scalar_type())) {
            tensor.set_data(moved);
        }
    }

    /** The layers inside this one, by name, in their sequence. */
    public final Map<String, Layer> children() {
        return Collections.unmodifiableMap(children);
    }

    /** As PyTorch's named_modules: this layer, named "", and all layers inside it; one that is shared stands once. */
    public final Map<String, Layer> layers() {
        Map<String, Layer> all = new LinkedHashMap<>();
        list("", all, Collections.newSetFromMap(new IdentityHashMap<>()));
        return all;
    }

    private void list(String name, Map<String, Layer> all, Set<Layer> listed) {
        if (!listed.add(this)) return;
        all.put(name, this);
        String inside = name.isEmpty() ? "" : name + ".";
        children.forEach((child, layer) -> layer.list(inside + child, all, listed));
    }

    /** Frees the tensors of this layer and of those inside it. */
    @Override
    public void close() {
        for (Parameter p : parameters) p.tensor().close();
        for (Tensor b : buffers.values()) b.close();
        for (Pointer p : owned) p.close();
        for (Layer child : children.values()) child.close();
    }

    @Override
    public String toString() {
        return children.isEmpty() ? getClass().getSimpleName() : getClass().getSimpleName() + children;
    }
}
