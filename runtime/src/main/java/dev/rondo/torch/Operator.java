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
 * An operator of libtorch, called through its boxed dispatcher: the only way to those that the generated API leaves
 * out, which are all whose name begins with an underscore ({@code _fused_adamw_}, {@code _foreach_add_}, {@code
 * _amp_update_scale_}, …). Autograd, autocast and the device's dispatch apply as to any other call.
 *
 * <p>Find an operator once and keep it: the handle is cached for the life of the process, and a call costs about 2 µs
 * over the operator. Instances may be shared between threads.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v2.10.0/aten/src/ATen/native/native_functions.yaml">the
 *     operators' schemas</a>
 */
public final class Operator {
    private final OperatorHandle handle;

    private Operator(OperatorHandle handle) {
        this.handle = handle;
    }

    /**
     * Finds a registered operator.
     *
     * @param name with its namespace, as {@code aten::_foreach_add_}
     * @param overload as {@code List}; the empty string for the operator without a suffix
     * @throws IllegalArgumentException if this build of libtorch has no such operator
     */
    public static Operator of(String name, String overload) {
        Torch.start();
        try (PointerScope scope = new PointerScope()) {
            OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow(name, overload);
            handle.retainReference(); // ours for good, so that no scope frees it
            return new Operator(handle);
        } catch (RuntimeException e) {
            String full = overload.isEmpty() ? name : name + "." + overload;
            throw new IllegalArgumentException("This build of libtorch has no operator " + full + ".", e);
        }
    }

    /**
     * Calls the operator.
     *
     * @param stack all its arguments, in the schema's order and without defaults; the call takes them off and leaves
     *     the results. The tensors that {@link IValue#toTensor()} shows are views of the stack: {@linkplain
     *     Handles#keep keep} what must outlive it
     * @throws RuntimeException what libtorch throws; its first line says which argument is wrong
     */
    public void call(IValueVector stack) {
        handle.callBoxed(stack);
    }

    /** The same on a new stack, which belongs to the innermost scope of this thread and is returned with the results. */
    public IValueVector call(IValue... arguments) {
        IValueVector stack = new IValueVector(arguments);
        call(stack);
        return stack;
    }

    /**
     * A {@code Tensor[]} argument. It shares the tensors (a later in-place change is seen) and keeps them alive; it
     * belongs to the innermost scope of this thread, so make one that is used for longer outside any scope, or
     * {@linkplain IValue#retainReference() retain} it. The temporary handles are closed here.
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

    /** The element type of a list of tensors, which an empty list needs too. */
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
