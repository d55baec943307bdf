package dev.rondo.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.nn.BatchNorm1d;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Parameter.Role;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Saved tensors meet a model: what is loaded, and what is said about the rest. */
@ExtendWith(InScope.class)
class WeightsTest {
    /** The model of make_torch_files.py. */
    private static final class Net extends Layer {
        final Linear body = child("body", new Linear(3, 2));
        final BatchNorm1d norm = child("norm", new BatchNorm1d(2));
        final Linear head = child("head", new Linear(2, 1));

        @Override
        public Tensor forward(Tensor... x) {
            return output(head.forward(norm.forward(body.forward(x[0]))));
        }
    }

    /** Two layers with one weight, and a scalar. */
    private static final class Tied extends Layer {
        private static final class Part extends Layer {
            Part(Tensor weight) {
                parameter("weight", weight, Role.WEIGHT);
            }

            @Override
            public Tensor forward(Tensor... x) {
                return x[0];
            }
        }

        final Tensor weight = torch.zeros(2), scale = buffer("scale", torch.zeros());

        Tied() {
            child("wte", new Part(weight));
            child("lm_head", new Part(weight));
        }

        @Override
        public Tensor forward(Tensor... x) {
            return x[0];
        }
    }

    private final Net net = new Net();
    private final Tied tied = new Tied();

    @AfterEach
    void close() {
        net.close();
        tied.close();
    }

    /** The right weights of the net, with 1 everywhere. */
    private Map<String, Tensor> ones() {
        Map<String, Tensor> ones = new LinkedHashMap<>();
        Weights.of(net).forEach((name, t) -> ones.put(name, torch.ones(t.shape())));
        return ones;
    }

    private Map<String, List<Float>> values() {
        Map<String, List<Float>> values = new LinkedHashMap<>();
        Weights.of(net).forEach((name, t) -> {
            float[] array = Tensors.values(t);
            values.put(
                    name,
                    Stream.iterate(0, i -> i < array.length, i -> i + 1)
                            .map(i -> array[i])
                            .toList());
        });
        return values;
    }

    private String refused(Map<String, Tensor> saved, LoadOptions options) {
        Map<String, List<Float>> before = values();
        String message = assertThrows(IllegalArgumentException.class, () -> Weights.load(net, saved, options))
                .getMessage();
        assertEquals(before, values());
        return message;
    }

    @ParameterizedTest
    @CsvSource({"state_dict.pt, ''", "bfloat16.pt, ''", "data_parallel.pt, module."})
    void filesOfPyTorchAreLoaded(String file, String prefix) throws IOException {
        try (NamedTensors saved = WeightsFile.read(TorchFiles.file(file))) {
            LoadReport report = Weights.load(net, saved.tensors(), new LoadOptions().stripPrefix(prefix));
            assertTrue(report.complete());
            assertEquals("8 of the model's 8 tensors loaded", report.toString());
        }
        assertArrayEquals(
                new float[] {.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f},
                Tensors.values(net.body.parameters().get(0).tensor()));
        assertEquals(List.of(7.5f, 8.5f), values().get("norm.running_var"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ScalarType.class,
            names = {"Double", "Float", "Half", "BFloat16", "Float8_e5m2"})
    void floatingTypesAreConverted(ScalarType type) {
        Map<String, Tensor> saved = ones();
        saved.replaceAll((name, t) -> t.to(type));
        Weights.load(net, saved);
        assertEquals(List.of(1f, 1f), values().get("body.bias"));
        assertEquals(
                ScalarType.Float, net.parameters().get(0).tensor().scalar_type().intern());
    }

    @ParameterizedTest
    @CsvSource({
        "Int, Long, true", "Byte, Short, true", "Byte, Byte, true", "Bool, Bool, true",
                "ComplexFloat, ComplexDouble, true",
        "Long, Int, false", "Char, Float, false", "Float, Long, false", "Bool, Float, false", "Byte, Char, false",
        "Char, UInt16, false", "Float, ComplexFloat, false"
    })
    void otherTypesAreConvertedOnlyIfAllValuesFit(ScalarType from, ScalarType to, boolean fits) {
        assertEquals(
                fits, ElementType.of(from).orElseThrow().fits(ElementType.of(to).orElseThrow()));
    }

    @Test
    void integersAreNotWeights() {
        Map<String, Tensor> saved = ones();
        saved.put("head.bias", Tensors.longs(1));
        assertEquals(
                "'head.bias' is saved as int64[1], but the model has it as float32[1].",
                refused(saved, new LoadOptions()));
    }

    @Test
    void allDifferencesAreNamedAtOnce_withNearNames() {
        Map<String, Tensor> saved = ones();
        saved.put("fc.weight", saved.remove("head.weight"));
        saved.put("fc.bias", saved.remove("head.bias"));
        saved.put("body.weight", torch.ones(2, 4));
        saved.put("step", Tensors.longs(3));
        assertEquals("""
                Names, shapes or types differ from the model's, and nothing was loaded.
                  missing in the file: 'head.weight', 'head.bias'
                  unknown to the model: 'fc.weight' (did you mean 'head.weight'?), 'fc.bias' (did you mean 'head.bias'?), 'step'
                  of another shape or type: 'body.weight' is saved as float32[2, 4], but the model has it as float32[2, 3]
                new LoadOptions().partial() loads what fits (5 of 8).\
                """, refused(saved, new LoadOptions()));
    }

    @Test
    void manyDifferencesAreCounted() {
        Map<String, Tensor> saved = new LinkedHashMap<>();
        for (int i = 0; i < 25; i++) saved.put("layers." + i, torch.ones(1));
        assertTrue(refused(saved, new LoadOptions()).contains("'layers.9' and 15 more"));
    }

    static Stream<Arguments> prefixes() {
        return Stream.of(
                Arguments.of(
                        "module.",
                        "Names begin with 'module.', as DataParallel writes them: load with new"
                                + " LoadOptions().stripPrefix(\"module.\")."),
                Arguments.of(
                        "_orig_mod.",
                        "Names begin with '_orig_mod.', as torch.compile writes them: load with new"
                                + " LoadOptions().stripPrefix(\"_orig_mod.\")."),
                Arguments.of(
                        "a.model.",
                        "Names begin with 'a.model.': load with new LoadOptions().stripPrefix(\"a.model.\")."));
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void aPrefixIsNamed_andCanBeStripped(String prefix, String hint) {
        Map<String, Tensor> saved = new LinkedHashMap<>();
        ones().forEach((name, t) -> saved.put(prefix + name, t));
        String message = refused(saved, new LoadOptions());
        assertEquals(hint, message.lines().reduce((a, b) -> b).orElseThrow());
        assertTrue(refused(saved, new LoadOptions().partial()).endsWith(hint)); // nothing fits
        Weights.load(net, saved, new LoadOptions().stripPrefix(prefix));
        assertEquals(List.of(1f), values().get("head.bias"));
    }

    @Test
    void aMissingPrefixIsNamed_andCanBeAdded() {
        Map<String, Tensor> saved = new LinkedHashMap<>(Map.of("weight", torch.ones(2, 3), "bias", torch.ones(2)));
        assertTrue(refused(saved, new LoadOptions())
                .endsWith("\nThe model's names begin with 'body.': load with new"
                        + " LoadOptions().addPrefix(\"body.\")."));
        LoadReport report =
                Weights.load(net, saved, new LoadOptions().addPrefix("body.").partial());
        assertEquals(List.of("body.weight", "body.bias"), report.loaded());
    }

    @Test
    void namesAreReplacedInTheOrderOfTheCalls() {
        Map<String, Tensor> saved = new LinkedHashMap<>();
        ones().forEach((name, t) -> saved.put("net." + name.replace("body", "encoder0"), t));
        LoadOptions options = new LoadOptions()
                .stripPrefix("net.")
                .rename("^encoder\\d+\\.", "trunk.")
                .rename(name -> name.replace("trunk", "body"));
        assertTrue(Weights.load(net, saved, options).complete());
        assertEquals(
                "The saved names 'net.encoder0.weight' and 'net.norm.weight' both become 'weight'.",
                refused(saved, new LoadOptions().rename("^.*\\.", "")));
    }

    @Test
    void partialLoadsWhatFits_andReportsTheRest() {
        Map<String, Tensor> saved = ones();
        saved.put("head.weight", torch.ones(7, 2));
        saved.put("fc.bias", saved.remove("head.bias"));
        List<Float> head = values().get("head.weight");
        LoadReport report = Weights.load(net, saved, new LoadOptions().partial());
        assertEquals(List.of(1f, 1f), values().get("body.bias"));
        assertEquals(head, values().get("head.weight"));
        assertFalse(report.complete());
        assertEquals("""
                6 of the model's 8 tensors loaded
                  missing in the file: 'head.bias'
                  unknown to the model: 'fc.bias'
                  of another shape or type: 'head.weight' is saved as float32[7, 2], but the model has it as float32[1, 2]\
                """, report.toString());
    }

    /** PyTorch saves a shared tensor under each name, safetensors under one of them. */
    @ParameterizedTest
    @CsvSource({"wte.weight", "lm_head.weight", "wte.weight lm_head.weight"})
    void aSharedTensorIsLoadedFromAnyOfItsNames(String names) {
        Map<String, Tensor> saved = new LinkedHashMap<>(Map.of("scale", Tensors.floats(5)));
        for (String name : names.split(" ")) saved.put(name, Tensors.floats(1, 2));
        assertEquals(
                List.of("wte.weight", "scale"),
                Weights.load(tied, saved, new LoadOptions()).loaded());
        assertArrayEquals(new float[] {1, 2}, Tensors.values(tied.weight));
        assertEquals(5, tied.scale.item_float()); // from one element, as PyTorch loads it
    }

    @Test
    void differentValuesForASharedTensorAreRefused() {
        Map<String, Tensor> saved = Map.of(
                "scale", Tensors.floats(5), "wte.weight", Tensors.floats(1, 2), "lm_head.weight", Tensors.floats(1, 3));
        assertEquals(
                "'lm_head.weight' is saved as other values than 'wte.weight', but the model has it as the same tensor as"
                        + " 'wte.weight'.",
                assertThrows(IllegalArgumentException.class, () -> Weights.load(tied, saved))
                        .getMessage());
    }

    @Test
    void onlyPyTorchsCounterIsLeftOut() {
        Map<String, Tensor> saved = ones();
        saved.put("norm.num_batches_tracked", Tensors.longs(1));
        Weights.load(net, saved);
        saved.put("norm.my_num_batches_tracked", Tensors.longs(1));
        assertEquals(
                "The saved weights have 'norm.my_num_batches_tracked', which the model does not have.",
                refused(saved, new LoadOptions()));
    }
}
