package dev.rondo.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.torch.Torch;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LinearModelTest {
    /** PyTorch rounds the products first. The matrix product of another BLAS rounds once, which changes the last bit of many results here. */
    @Test
    void productsAreRoundedBeforeTheyAreAdded() {
        Torch.start();
        try (PointerScope memory = new PointerScope();
                LinearModel model = new LinearModel(1)) {
            for (int i = 1; i <= 20; i++) {
                float[] x = {1f / (3 * i), 2f / (7 * i), 5f / (9 * i)};
                float[] g = {1f / (i + 1), -3f / (i + 2), 7f / (i + 4)};
                Tensor y = model.forward(torch.tensor(x).view(3, 1));
                y.mul(torch.tensor(g).view(3, 1)).sum().backward();
                float sum = 0;
                for (int j = 0; j < 3; j++) {
                    float product = g[j] * x[j];
                    sum += product;
                }
                assertEquals(sum, model.gradients().get(0), "gradient " + i);
                model.parameters().get(0).tensor().mutable_grad().reset();
            }
        }
    }
}
