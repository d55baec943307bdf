package dev.rondo.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.Callbacks;
import dev.rondo.Learner;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.data.TensorLoader;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Layer;
import dev.rondo.nn.Linear;
import dev.rondo.nn.Sequential;
import dev.rondo.torch.InScope;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Layers whose output a hook does not receive. */
@ExtendWith(InScope.class)
class HooksTest {
    @Test
    void aLayerWithoutOutputHooksIsReported() {
        Linear linear = new Linear(2, 2);
        Layer closed = new Layer() {
            @Override
            public Tensor forward(Tensor... inputs) {
                return torch.relu(inputs[0]);
            }
        };
        Hooks hooks = new Hooks((learner, layer, output) -> {});
        Sequential model = new Sequential(linear, closed);
        DataLoader data =
                TensorLoader.of(torch.ones(2, 2), torch.ones(2, 2)).batchSize(1).build();
        try (Learner learner = Learner.builder(new DataLoaders(data, data), model, Losses.mse())
                .progress(false)
                .build()) {
            hooks.layers(learner, List.of(linear, closed));
            assertEquals(2, hooks.unseen().size());
            learner.add(Callbacks.on(Event.BEFORE_FIT, l -> hooks.until(l, Scope.FIT, true)));
            learner.validate();
            assertEquals(Set.of(closed), hooks.unseen());
        }
        model.close();
    }
}
