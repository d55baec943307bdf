package dev.rondo.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.Type;

/**
 * An operator of libtorch, called through the boxed dispatcher. This is the only way to call operators that the generated API does not
 * have: all whose name begins with an underscore ({@code _fused_adamw_}, {@code _foreach_add_}, {@code _amp_update_scale_}, …). Autograd,
 * autocast and device dispatch apply as in any other call.
 *
 * <p>Look up an operator once and keep it: the handle is never freed. A call takes about 2 µs more than the operator itself. Instances can
 * be shared between threads.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v2.10.0/aten/src/ATen/native/native_functions.yaml">the operators' schemas</a>
 */
public final class Operator {
    private final String name;
    private final OperatorHandle handle;

    private Operator(String name, OperatorHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /**
     * Looks up an operator.
     *
     * @param name the name with its namespace, such as {@code aten::_foreach_add_}
     * @param overload the overload, such as {@code List}; the empty string for the default overload
     * @throws IllegalArgumentException if this build of libtorch does not have the operator
     */
    public static Operator of(String name, String overload) {
        Torch.start();
        String full = overload.isEmpty() ? name : name + "." + overload;
        try (PointerScope scope = new PointerScope()) {
            OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow(name, overload);
            handle.retainReference(); // never freed by a scope
            return new Operator(full, handle);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("This build of libtorch has no operator " + full + ".", e);
        }
    }

    /**
     * Calls the operator.
     *
     * @param stack all arguments in the order of the schema, without defaults. The call replaces them by the results. Tensors of {@link
     *     IValue#toTensor()} are views of the stack: {@linkplain Handles#keep keep} those that you use after it.
     * @throws RuntimeException an error of libtorch; its first line says which argument is wrong
     */
    public void call(IValueVector stack) {
        handle.callBoxed(stack);
    }

    /**
     * Calls the operator on a new stack and returns the stack with the results. It belongs to the innermost native scope of this thread.
     */
    public IValueVector call(IValue... arguments) {
        IValueVector stack = new IValueVector(arguments);
        call(stack);
        return stack;
    }

    /**
     * Creates a {@code Tensor[]} argument. It shares the tensors, so that later in-place changes are seen, and keeps them alive. It belongs
     * to the innermost native scope of this thread. To use it for longer, create it outside any scope or {@linkplain
     * IValue#retainReference() retain} it.
     */
    public static IValue list(Tensor... tensors) {
        Torch.start();
        try (GenericList list = new GenericList(TensorType.VALUE)) {
            list.reserve(tensors.length);
            for (Tensor tensor : tensors) {
                try (IValue value = new IValue(tensor)) {
                    list.push_back(value);
                }
            }
            return new IValue(list);
        }
    }

    /** {@code Operator aten::_foreach_lerp_.Scalar}. */
    @Override
    public String toString() {
        return "Operator " + name;
    }

    /** The element type of a list of tensors, which also an empty list needs. */
    private static final class TensorType {
        static final Type.TypePtr VALUE;

        static {
            try (PointerScope scope = new PointerScope()) {
                VALUE = new TensorList().elementType();
                VALUE.retainReference();
            }
        }
    }
}
