package dev.rondo.checkpoint;

import static dev.rondo.checkpoint.TorchFiles.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of torch.save: what is read. */
@ExtendWith(InScope.class)
class TorchFileTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"state_dict.pt", "protocol3.pt", "protocol4.pt", "protocol5.pt", "compressed.pt", "no_crc.pt"})
    void aStateDictIsRead(String name) throws IOException {
        try (NamedTensors read = WeightsFile.read(file(name))) {
            Map<String, Tensor> tensors = read.tensors();
            assertEquals(
                    List.of(
                            "body.weight",
                            "body.bias",
                            "norm.weight",
                            "norm.bias",
                            "norm.running_mean",
                            "norm.running_var",
                            "norm.num_batches_tracked",
                            "head.weight",
                            "head.bias"),
                    List.copyOf(tensors.keySet()));
            assertArrayEquals(new long[] {2, 3}, tensors.get("body.weight").shape());
            assertArrayEquals(
                    new float[] {.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f}, Tensors.values(tensors.get("body.weight")));
            assertArrayEquals(new float[] {7.5f, 8.5f}, Tensors.values(tensors.get("norm.running_var")));
            assertEquals(0, tensors.get("norm.num_batches_tracked").item_long());
        }
    }

    @Test
    void everyElementTypeIsRead() throws IOException {
        try (NamedTensors read = TorchFile.read(file("types.pt"))) {
            assertEquals(18, read.tensors().size());
            read.tensors().forEach((name, tensor) -> {
                assertEquals(name, ElementType.name(tensor.scalar_type()));
                float large = name.startsWith("float8_e5m2") ? 96 : name.startsWith("float8") ? 104 : 100;
                float[] expected = name.equals("bool") ? new float[] {0, 1, 1, 1} : new float[] {0, 1, 2, large};
                if (name.startsWith("float8")) expected[3] = Tensors.values(tensor)[3]; // rounded by PyTorch
                Tensor real =
                        name.startsWith("complex") ? torch.real(tensor.to(torch.ScalarType.ComplexDouble)) : tensor;
                assertArrayEquals(expected, Tensors.values(real), name);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "transposed, '4, 3', 0 4 8 1 5 9 2 6 10 3 7 11",
        "'from 4, every 3rd', 3, 4 7 10",
        "expanded, '2, 3', 2 2 2 2 2 2",
        "scalar, '', 7",
        "empty, '0, 5', ''",
        "parameter, 2, 1 1",
        "with attribute, 2, 1 1",
        "negative, 1, -2"
    })
    void viewsAreRead(String name, String shape, String values) throws IOException {
        try (NamedTensors read = TorchFile.read(file("views.pt"))) {
            Tensor tensor = read.tensors().get(name);
            assertEquals("[" + shape + "]", Arrays.toString(tensor.shape()));
            List<String> texts = new ArrayList<>();
            if (tensor.numel() > 0) for (float value : Tensors.values(tensor)) texts.add(String.valueOf((int) value));
            assertEquals(values, String.join(" ", texts));
        }
    }

    @Test
    void viewsShareTheirMemory_andConjugatesAreResolved() throws IOException {
        try (NamedTensors read = TorchFile.read(file("views.pt"))) {
            read.tensors().get("base").fill_(new Scalar(9.0));
            assertEquals(9, Tensors.values(read.tensors().get("transposed"))[5]);
            Tensor parts = torch.view_as_real(read.tensors().get("conjugated"));
            assertArrayEquals(new float[] {1, -2}, Tensors.values(parts));
        }
    }

    @Test
    void plainValuesBesideTensorsAreMetadata() throws IOException {
        try (NamedTensors read = TorchFile.read(file("values.pt"))) {
            assertEquals(List.of("tensor"), List.copyOf(read.tensors().keySet()));
            assertEquals(
                    "{bool=true, device=cuda:1, dtype=torch.float16, float=1.5, int=-5, layout=torch.strided,"
                            + " long=1180591620717411303424, none=None, text=ä}",
                    new TreeMap<>(read.metadata()).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "ema/module"})
    void aDictionaryInsideIsChosenByItsKeys(String keys) throws IOException {
        try (NamedTensors read = WeightsFile.read(file("checkpoint.pt"), keys.split("/"))) {
            assertArrayEquals(
                    new long[] {2, 3}, read.tensors().get("body.weight").shape());
        }
    }

    @Test
    void theMessageSaysWhichKeysHoldTensors() {
        assertEquals(
                file("checkpoint.pt")
                        + " has no tensors in its outer dictionary: there are 'model' (9 tensors), 'ema' (9 tensors),"
                        + " 'optimizer' (18 tensors), 'epoch' (3). Choose with inside(\"model\"), inside(\"ema\","
                        + " \"module\") in the LoadOptions.",
                assertThrows(WeightsFileException.class, () -> WeightsFile.read(file("checkpoint.pt")))
                        .getMessage());
        assertEquals(
                file("checkpoint.pt") + " has no 'modle': there are 'model' (9 tensors), 'ema' (9 tensors), 'optimizer'"
                        + " (18 tensors), 'epoch' (3).",
                assertThrows(WeightsFileException.class, () -> WeightsFile.read(file("checkpoint.pt"), "modle"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "module.pt | contains an object of the class 'torch.nn.modules.container.Sequential'. Rondo reads tensors,"
                        + " dictionaries, lists and numbers only. Save model.state_dict() instead.",
                "sparse.pt | contains a sparse tensor. Rondo reads dense tensors only.",
                "quantized.pt | contains a quantized tensor. Rondo reads dense tensors only.",
                "script.pt | is a TorchScript program. Rondo reads weights only:",
                "legacy.pt | has the format of PyTorch before 1.6. Convert it in PyTorch:",
                "big_endian.pt | was written on a big-endian machine"
            })
    void otherFilesOfPyTorchAreNamed(String name, String problem) {
        String message = assertThrows(WeightsFileException.class, () -> WeightsFile.read(file(name)))
                .getMessage();
        assertTrue(message.startsWith(file(name) + " " + problem), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void readingLeavesNoNativeMemory() throws Exception {
        TorchFile.read(file("views.pt")).close();
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (PointerScope memory = new PointerScope()) {
                TorchFile.read(file("views.pt")).close();
                assertThrows(IOException.class, () -> TorchFile.read(file("module.pt")));
            }
            counts.add(Tensors.handles());
        }
        Tensors.assertNoMoreHandles(counts);
    }
}
