package dev.rondo.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.torch.Handles;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import dev.rondo.torch.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a model keeps from one batch to the next, so that another one can go on in the middle of an epoch. */
@ExtendWith(InScope.class)
class HiddenStateTest {
    /** A recurrent layer that begins where the last batch ended. */
    private static final class Continued extends Layer {
        private final GRU gru = child("gru", new GRU(2, 3));
        private Tensor last;

        @Override
        public Tensor forward(Tensor... x) {
            Tensor out = last == null ? gru.forward(x) : gru.forward(x[0], last);
            last = Handles.keep(gru.outputs().get(1).detach());
            return out;
        }

        @Override
        public void reset() {
            last = null;
        }

        @Override
        public Map<String, Tensor> hiddenState() {
            Map<String, Tensor> all = super.hiddenState();
            if (last != null) all.put("last", last);
            return all;
        }

        @Override
        public void loadHiddenState(Map<String, Tensor> state) {
            Map<String, Tensor> rest = new LinkedHashMap<>(state);
            Tensor saved = rest.remove("last");
            super.loadHiddenState(rest);
            last = saved == null ? null : Handles.own(Handles.copy(saved));
        }
    }

    private static Sequential model() {
        Torch.seed(1);
        return new Sequential(new Continued(), new Linear(3, 2), new Continued());
    }

    private final Sequential model = model();
    private final Tensor x = Tensors.count(4, 5, 2);

    @Test
    void anotherModelGoesOn() {
        assertEquals(Map.of(), model.hiddenState());
        float[] first = Tensors.values(model.forward(x));
        Map<String, Tensor> saved = model.hiddenState();
        assertEquals("[0.last, 2.last]", saved.keySet().toString());
        Sequential other = model();
        other.loadHiddenState(saved);
        assertArrayEquals(Tensors.values(model.forward(x)), Tensors.values(other.forward(x)));
        model.loadHiddenState(Map.of());
        assertArrayEquals(first, Tensors.values(model.forward(x)));
    }

    @Test
    void ourLayersKeepNone() {
        LSTM lstm = new LSTM(2, 3);
        float[] first = Tensors.values(lstm.forward(x));
        assertArrayEquals(first, Tensors.values(lstm.forward(x)));
        assertEquals(Map.of(), lstm.hiddenState());
    }

    @Test
    void whatTheModelDoesNotKeepIsRefused() {
        for (String name : new String[] {"last", "1.last", "3.last", "0.gru.last", "0.first"}) {
            assertThrows(IllegalArgumentException.class, () -> model.loadHiddenState(Map.of(name, x)), name);
        }
        Exception e = assertThrows(IllegalArgumentException.class, () -> model.loadHiddenState(Map.of("1.last", x)));
        assertEquals("The layer '1' (Linear 3→2) keeps no hidden state 'last'.", e.getMessage());
    }
}
