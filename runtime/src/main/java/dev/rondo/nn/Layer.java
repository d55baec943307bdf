package dev.rondo.nn;

import dev.rondo.torch.Devices;
import dev.rondo.torch.Handles;
import dev.rondo.torch.NoGrad;
import dev.rondo.torch.TensorText;
import dev.rondo.torch.Torch;
import dev.rondo.torch.TorchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/**
 * Base class of layers and models. The constructor of a subclass registers parameters, buffers and child layers under PyTorch's names;
 * the subclass implements {@link #forward}:
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
 * <p>{@link #output} passes a result to the hooks of {@link #addForwardHook}. Hooks do not see the results of a layer that does not call
 * it.
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
    private @Nullable Layer parent; // the first one; a shared layer has several
    private String name = "";
    private boolean closed;
    private boolean training = true;
    private ForwardHook @Nullable [] hooks; // null without hooks, so that an output costs one comparison

    /** Called by subclasses. */
    protected Layer() {}

    /**
     * Registers a parameter.
     *
     * @param name the name, unique in this layer, not empty and without a dot
     * @param tensor a new tensor of a floating type that has no other owner and was not computed from tensors that require gradients. The
     *     layer removes it from its native scope and owns it.
     * @throws IllegalArgumentException if the layer already has a tensor or layer of this name, or name or tensor are not as above
     */
    protected final Tensor parameter(String name, Tensor tensor, Parameter.Role role) {
        Objects.requireNonNull(role, "The role is null.");
        claim(name, tensor);
        if (!tensor.is_leaf() || !tensor.is_floating_point() && !tensor.is_complex()) {
            throw new IllegalArgumentException("The parameter '" + name + "' of " + label() + " is not a "
                    + (tensor.is_leaf()
                            ? "tensor of a floating type, but " + TensorText.of(tensor)
                            : "tensor of its own, but was computed from others: detach it")
                    + ".");
        }
        tensor.retainReference();
        tensor.set_requires_grad(true);
        parameters.add(new Parameter(name, tensor, role));
        return tensor;
    }

    /** Registers a buffer: a tensor of the layer's state that is not trained. The layer owns it, as {@link #parameter}. */
    protected final Tensor buffer(String name, Tensor tensor) {
        claim(name, tensor);
        tensor.retainReference();
        buffers.put(name, tensor);
        return tensor;
    }

    private void claim(String name, @Nullable Tensor tensor) {
        checkName(name, tensor);
        if (hasTensor(name)) throw new IllegalArgumentException("Two tensors named '" + name + "' in " + label() + ".");
        if (children.containsKey(name)) throw namedTwice(name);
        if (tensor.isNull() || !tensor.defined()) {
            throw new IllegalArgumentException("The tensor '" + name + "' of " + label() + " is "
                    + (tensor.isNull() ? "closed" : "undefined") + ".");
        }
    }

    private boolean hasTensor(String name) {
        return buffers.containsKey(name)
                || parameters.stream().anyMatch(p -> p.name().equals(name));
    }

    private void checkName(String name, @Nullable Object named) {
        Objects.requireNonNull(name, () -> "A name in " + label() + " is null.");
        if (named == null) throw new NullPointerException("'" + name + "' of " + label() + " is null.");
        if (name.isEmpty() || name.contains(".")) {
            throw new IllegalArgumentException("A name in " + label() + " is not empty and has no dot, unlike '" + name
                    + "': dots separate the layers of a path.");
        }
    }

    private IllegalArgumentException namedTwice(String name) {
        return new IllegalArgumentException("A tensor and a layer named '" + name + "' in " + label() + ".");
    }

    /**
     * Wraps a tensor for operators that take an optional tensor. The wrapper shares the tensor and is freed with the layer. Call this once,
     * in the constructor.
     */
    protected final TensorOptional optional(Tensor tensor) {
        return own(new TensorOptional(tensor));
    }

    /** An empty optional tensor, for operators that take one. It is freed with the layer. */
    protected final TensorOptional none() {
        return own(new TensorOptional());
    }

    /** Removes a new native object from its native scope. The layer owns it and frees it in {@link #close}. */
    protected final <P extends Pointer> P own(P pointer) {
        owned.add(Handles.own(pointer));
        return pointer;
    }

    /**
     * Registers a child layer, which this layer owns.
     *
     * @param name the name, unique in this layer, not empty and without a dot
     * @throws IllegalArgumentException if there already is a layer or tensor of this name, or if the child contains this layer
     */
    protected final <L extends Layer> L child(String name, L layer) {
        checkName(name, layer);
        if (children.containsKey(name)) {
            throw new IllegalArgumentException("Two layers named '" + name + "' in " + label() + ".");
        }
        if (hasTensor(name)) throw namedTwice(name);
        if (layer.layers().containsValue(this)) {
            throw new IllegalArgumentException("The layer '" + name + "' of " + label() + " contains it.");
        }
        children.put(name, layer);
        Layer child = layer;
        if (child.parent == null) {
            child.parent = this;
            child.name = name;
        }
        return layer;
    }

    /** Checks that there are inputs, at most this number of them, and that they and this layer are open. */
    final void checkInputs(Tensor[] inputs, int most) {
        checkOpen();
        if (inputs == null) throw new NullPointerException("The inputs of " + title() + " are null.");
        if (inputs.length == 0 || inputs.length > most) {
            throw new IllegalArgumentException("The " + title() + " takes "
                    + (most == 1 ? "one input" : most < Integer.MAX_VALUE ? "1 to " + most + " inputs" : "an input")
                    + ", but got " + (inputs.length == 0 ? "none" : TensorText.of(Arrays.asList(inputs))) + ".");
        }
        for (Tensor x : inputs) {
            if (x == null || x.isNull()) {
                throw new IllegalArgumentException(
                        "An input of " + title() + " is " + (x == null ? "null" : "closed") + ".");
            }
        }
    }

    private void checkOpen() {
        if (closed) throw new IllegalStateException("The " + title() + " is closed.");
    }

    /** Whether each output is a new tensor that the backward pass does not read. The next layer may then overwrite it. */
    boolean yieldsOutput() {
        return false;
    }

    /** Passes a result of {@link #forward} to the forward hooks and returns it. */
    protected final Tensor output(Tensor y) {
        UsedLayers.add(this);
        if (hooks != null) for (ForwardHook hook : hooks) hook.after(this, y);
        return y;
    }

    /**
     * Adds a hook that is called with each output of this layer. A hook that is added twice is called twice.
     *
     * @see <a href="https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.register_forward_hook">PyTorch,
     *     register_forward_hook</a>
     */
    public final void addForwardHook(ForwardHook hook) {
        Objects.requireNonNull(hook, "The hook is null.");
        int n = hooks == null ? 0 : hooks.length;
        ForwardHook[] more = n == 0 ? new ForwardHook[1] : Arrays.copyOf(hooks, n + 1);
        more[n] = hook;
        hooks = more; // a copy, because hooks may be added and removed while they are called
    }

    /** Removes a hook once. Does nothing if the layer does not have it. */
    public final void removeForwardHook(ForwardHook hook) {
        if (hooks == null) return;
        List<ForwardHook> fewer = new ArrayList<>(Arrays.asList(hooks));
        fewer.remove(hook);
        hooks = fewer.isEmpty() ? null : fewer.toArray(ForwardHook[]::new);
    }

    /** Whether the layer has forward hooks. */
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

    /** Resets the child layers. Layers that keep a state between batches drop it. */
    @Override
    public void reset() {
        for (Layer child : children.values()) child.reset();
    }

    /** The hidden states of the child layers. A layer that keeps a state between batches adds its own tensors, whose names have no dot. */
    @Override
    public Map<String, Tensor> hiddenState() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        children.forEach((name, child) -> child.hiddenState().forEach((h, tensor) -> all.put(name + "." + h, tensor)));
        return all;
    }

    /** Gives each child layer its part. A layer that keeps a state between batches takes its own tensors, and leaves the rest to this method. */
    @Override
    public void loadHiddenState(Map<String, Tensor> state) {
        Map<String, Map<String, Tensor>> parts = new LinkedHashMap<>();
        children.keySet().forEach(child -> parts.put(child, new LinkedHashMap<>()));
        state.forEach((name, tensor) -> {
            int dot = name.indexOf('.');
            Map<String, Tensor> part = dot < 0 ? null : parts.get(name.substring(0, dot));
            if (part == null)
                throw new IllegalArgumentException("The " + title() + " keeps no hidden state '" + name + "'.");
            part.put(name.substring(dot + 1), tensor);
        });
        parts.forEach((child, part) -> children.get(child).loadHiddenState(part));
    }

    /**
     * The parameters of this layer, then those of its children, as PyTorch's {@code named_parameters}. A shared parameter is listed once.
     */
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

    /** The parameters of this layer without those of its children. */
    final List<Parameter> ownParameters() {
        return parameters;
    }

    @Override
    public final Map<String, Tensor> buffers() {
        Map<String, Tensor> all = new LinkedHashMap<>(buffers);
        children.forEach((name, child) -> child.buffers().forEach((b, tensor) -> all.put(name + "." + b, tensor)));
        return all;
    }

    @Override
    public final void to(Device device) {
        Objects.requireNonNull(device, "The device is null.");
        checkOpen();
        try (NoGrad off = NoGrad.enter()) {
            for (Parameter p : parameters) move(p.tensor(), device);
            for (Tensor b : buffers.values()) move(b, device);
        } catch (RuntimeException e) {
            throw TorchException.at(() -> "while " + title() + " was moved to " + Devices.name(device), e);
        }
        for (Layer child : children.values()) child.to(device);
    }

    /**
     * Replaces the data of a tensor, as PyTorch's {@code Module.to}. The tensor object stays the same, so optimizers and graphs still refer
     * to it.
     */
    private static void move(Tensor tensor, Device device) {
        try (Device at = tensor.device()) {
            if (at.equals(device)) return;
        }
        try (Tensor moved = tensor.to(device, tensor.scalar_type())) {
            tensor.set_data(moved);
        }
    }

    /** The child layers by name, in the order of registration. */
    public final Map<String, Layer> children() {
        return Collections.unmodifiableMap(children);
    }

    /** This layer, named "", and all layers below it, as PyTorch's {@code named_modules}. A shared layer is listed once. */
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

    /** Frees the tensors of this layer and of its children. */
    @Override
    public void close() {
        closed = true;
        for (Parameter p : parameters) p.tensor().close();
        for (Tensor b : buffers.values()) b.close();
        for (Pointer p : owned) p.close();
        for (Layer child : children.values()) child.close();
    }

    /** The layer for messages: its path in the model, if it is a part of one, and its class with its sizes. */
    final String title() {
        String text = children.isEmpty() ? label() + sizes() : label();
        String path = path();
        return path.isEmpty() ? "layer " + text : "layer '" + path + "' (" + text + ")";
    }

    private String path() {
        if (parent == null) return name;
        String above = parent.path();
        return above.isEmpty() ? name : above + "." + name;
    }

    /** The name of the class, or of the named class that an anonymous one extends. */
    private String label() {
        Class<?> type = getClass();
        while (type.getSimpleName().isEmpty()) type = type.getSuperclass();
        return type.getSimpleName();
    }

    /** The sizes of a layer without children for {@link #toString}, with a space before them; empty if it has none. */
    String sizes() {
        return "";
    }

    /** The class of the layer, with its sizes or its children: {@code Net{hidden=Linear 3→4, head=Linear 4→2}}. A closed one says so. */
    @Override
    public String toString() {
        return label() + (children.isEmpty() ? sizes() : children) + (closed ? " (closed)" : "");
    }
}
