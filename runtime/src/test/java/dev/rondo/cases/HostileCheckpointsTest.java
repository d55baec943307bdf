package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.Callbacks;
import dev.rondo.CheckpointMismatchException;
import dev.rondo.Learner;
import dev.rondo.callback.Checkpoints;
import dev.rondo.callback.EarlyStopping;
import dev.rondo.callback.GradientAccumulation;
import dev.rondo.callback.Monitor;
import dev.rondo.callback.NonFiniteLoss;
import dev.rondo.callback.TerminateOnNaN;
import dev.rondo.callback.WeightEMA;
import dev.rondo.checkpoint.CheckpointContent;
import dev.rondo.checkpoint.CheckpointStore;
import dev.rondo.event.Event;
import dev.rondo.optim.Optimizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that are whole, with values that no learner has written. {@code -Dhostile.step=1} makes all of them. */
class HostileCheckpointsTest extends Fixture {
    private static final int STEP = Integer.getInteger("hostile.step", 97);

    @TempDir
    Path folder;

    private Learner prepared(Path checkpoints) {
        if (learner != null) learner.close();
        line.close();
        line = new LinearModel();
        learner = given(Numbers.batches(4), Numbers.batches(2))
                .metrics(mae())
                .optimizer(Optimizers.sgd(.9, 0))
                .lr(.001)
                .build();
        for (Object callback : List.of(
                new Checkpoints(checkpoints).onRequest(),
                new EarlyStopping(Monitor.VALID_LOSS, 2),
                new GradientAccumulation(6),
                new WeightEMA(.9),
                TerminateOnNaN.deferred(3),
                NonFiniteLoss.rollBack(2, .5))) learner.add(callback);
        learner.add("stop", Callbacks.on(Event.AFTER_BATCH, 99, l -> {
            if (l.epoch() == 1 && l.iter() == 2) l.stop();
        }));
        return learner;
    }

    @Test
    void aStateOfOtherTypesIsOneSentence() throws IOException {
        Path good = folder.resolve("good");
        prepared(good).fitOneCycle(2);
        assertTrue(learner.stopped());
        Path made = new CheckpointStore(good).checkpoints().get(0);
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        try (CheckpointContent content = CheckpointStore.read(made)) {
            Tensor tensor = torch.rand(3);
            List<Object> values = Arrays.asList(
                    null,
                    "text",
                    -1L,
                    1L << 40,
                    1.5,
                    Double.NaN,
                    true,
                    List.of(),
                    Map.of(),
                    Map.of("a", 1L),
                    List.of(1L),
                    tensor);
            List<List<String>> places = new ArrayList<>();
            places(content.state(), List.of(), places);
            for (int i = 0; i < places.size() * values.size(); i += STEP) {
                List<String> place = places.get(i / values.size());
                Object value = values.get(i % values.size());
                Path bad = folder.resolve("bad-" + i);
                try {
                    @SuppressWarnings("unchecked")
                    Map<String, Object> state = (Map<String, Object>) replaced(content.state(), place, value);
                    try (CheckpointStore store = new CheckpointStore(bad)) {
                        store.write(new CheckpointContent(content.tensors(), state), "x");
                    }
                    prepared(bad).resume(bad);
                    learner.fitOneCycle(2);
                } catch (CheckpointMismatchException | UncheckedIOException e) {
                    refused++;
                    if (e.getMessage().contains("\n")) wrong.add(place + " = " + value + ": " + e);
                } catch (Throwable e) {
                    wrong.add(place + " = " + value + ": " + e + (e.getCause() == null ? "" : " <- " + e.getCause()));
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(refused > 10, refused + " were refused");
    }

    private static void places(Object in, List<String> at, List<List<String>> found) {
        if (!at.isEmpty()) found.add(at);
        if (in instanceof Map<?, ?> map) map.forEach((k, v) -> places(v, with(at, k.toString()), found));
        if (in instanceof List<?> list)
            for (int i = 0; i < list.size(); i++) places(list.get(i), with(at, Integer.toString(i)), found);
    }

    private static List<String> with(List<String> at, String key) {
        List<String> longer = new ArrayList<>(at);
        longer.add(key);
        return longer;
    }

    private static Object replaced(Object in, List<String> place, Object value) {
        if (place.isEmpty()) return value;
        List<String> rest = place.subList(1, place.size());
        if (in instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.put(place.get(0), replaced(map.get(place.get(0)), rest, value));
            return copy;
        }
        List<Object> copy = new ArrayList<>((List<?>) in);
        int i = Integer.parseInt(place.get(0));
        copy.set(i, replaced(copy.get(i), rest, value));
        return copy;
    }
}
