package dev.rondo.optim;

import dev.rondo.nn.Parameter;
import dev.rondo.torch.Handles;
import dev.rondo.torch.Operator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Native objects that outlive the scope they are made in, because an optimizer owns them. */
final class Owned {
    private Owned() {}

    /** Replaces an owned object, which may be null, by a new one. */
    static <P extends Pointer> P replace(P old, P pointer) {
        Handles.own(pointer);
        if (old != null) old.close();
        return pointer;
    }

    /** A tensor of zeros for each parameter, of its shape, type, device and memory order. */
    static Tensor[] zerosLike(List<Parameter> parameters) {
        return each(parameters, torch::zeros_like);
    }

    static Tensor[] each(List<Parameter> parameters, UnaryOperator<Tensor> make) {
        return parameters.stream().map(p -> Handles.own(make.apply(p.tensor()))).toArray(Tensor[]::new);
    }

    /** The list of those tensors whose numbers are given. */
    static IValue list(Tensor[] tensors, int[] numbers) {
        Tensor[] chosen = new Tensor[numbers.length];
        for (int i = 0; i < numbers.length; i++) chosen[i] = tensors[numbers[i]];
        return Operator.list(chosen);
    }

    static void close(Pointer... pointers) {
        for (Pointer p : pointers) if (p != null) p.close();
    }
}
