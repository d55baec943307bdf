package dev.rondo.examples.conformance;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors of numeric cases: {@code {"shape": […], "data": [float32 …]}} or {@code {"shape": […], "ints": [int64 …]}}, row by row. */
final class Tensors {
    private Tensors() {}

    static Tensor of(Fields description) {
        long[] shape = description.list("shape").stream()
                .mapToLong(side -> ((Number) side).longValue())
                .toArray();
        if (description.has("ints")) {
            long[] ints = description.list("ints").stream()
                    .mapToLong(value -> ((Number) value).longValue())
                    .toArray();
            return torch.tensor(ints).reshape(shape);
        }
        List<?> data = description.list("data");
        float[] floats = new float[data.size()];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) Fields.number(data.get(i));
        return torch.tensor(floats).reshape(shape);
    }

    /** The tensor of a field, which must be there. */
    static Tensor of(Fields description, String key) {
        return of(description.object(key).orElseThrow());
    }

    static List<Double> values(Tensor tensor) {
        List<Double> values = new ArrayList<>();
        if (tensor.numel() == 0) return values;
        DoubleBuffer buffer = tensor.detach().to(ScalarType.Double).contiguous().createBuffer();
        while (buffer.hasRemaining()) values.add(buffer.get());
        return values;
    }
}
