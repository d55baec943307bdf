package dev.rondo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.InScope;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Layers in fields that were not registered: the warning of a learner that is built. */
@ExtendWith(InScope.class)
class UnregisteredLayersTest {
    /** A model that registers one of its layers and holds another one. */
    private static class Net extends Layer {
        final Layer body = child("body", new Linear(2, 2));
        final Object head;

        Net(Object head) {
            this.head = head;
        }

        @Override
        public Tensor forward(Tensor... x) {
            return output(body.forward(x));
        }
    }

    private static String warning(String field, String of) {
        return "The field '" + field + "' of " + of
                + " has a layer, Linear 2→1, that is not a child of it: it is not trained, moved to the device or saved."
                + " Register it with child(\"" + field
                + "\", …), or, if it is not to be trained, set_requires_grad(false) on its parameters.";
    }

    @Test
    void aForgottenLayerIsFoundInAFieldAndInACollection() {
        List<String> expected = List.of(warning("head", "UnregisteredLayersTest.Net"));
        Layer head = new Linear(2, 1);
        assertEquals(expected, UnregisteredLayers.of(new Net(head)));
        assertEquals(expected, UnregisteredLayers.of(new Net(List.of(head))));
        assertEquals(expected, UnregisteredLayers.of(new Net(new Layer[] {head})));
        assertEquals(expected, UnregisteredLayers.of(new Net(Map.of("a", head))));
        assertEquals(List.of(warning("head", "the layer '0'")), UnregisteredLayers.of(new Sequential(new Net(head))));
    }

    @Test
    void aCapturedLayerIsFoundToo() {
        Layer captured = new Linear(2, 1);
        Layer net = new Layer() {
            @Override
            public Tensor forward(Tensor... x) {
                return captured.forward(x);
            }
        };
        assertEquals(List.of(warning("captured", "UnregisteredLayersTest$1")), UnregisteredLayers.of(net));
    }

    @Test
    void registeredAndFrozenLayersDrawNoWarning() {
        Net net = new Net(null);
        assertEquals(List.of(), UnregisteredLayers.of(net));
        assertEquals(List.of(), UnregisteredLayers.of(new Net(net.body).body));
        Layer teacher = new Linear(2, 1);
        teacher.parameters().forEach(p -> p.tensor().set_requires_grad(false));
        assertEquals(List.of(), UnregisteredLayers.of(new Net(teacher)));
    }
}
