package dev.rondo.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rondo.checkpoint.CheckpointContent;
import dev.rondo.checkpoint.CheckpointStore;
import dev.rondo.checkpoint.Safetensors;
import dev.rondo.torch.Torch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir
    Path folder;

    private Path older;
    private Path newer;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int inspect(Object... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "inspect";
        for (int i = 0; i < arguments.length; i++) all[i + 1] = arguments[i].toString();
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    @BeforeEach
    void writeTwo() throws IOException {
        Torch.start();
        try (CheckpointStore store = new CheckpointStore(folder);
                Tensor weight = torch.zeros(20, 30);
                Tensor sum = torch.zeros(2)) {
            Map<String, Object> progress = new LinkedHashMap<>();
            progress.put("epoch", 3);
            progress.put("steps", 469);
            Map<String, Object> state = new LinkedHashMap<>();
            state.put("written", "2026-01-02T03:04:05Z");
            state.put("progress", progress);
            state.put("row", Map.of("train_loss", Double.NaN));
            state.put("settings", Map.of("batch", "64"));
            state.put("callbacks", Map.of("EMA", Map.of("shadow", List.of(sum))));
            CheckpointContent content = new CheckpointContent(Map.of("model", Map.of("weight", weight)), state);
            older = store.write(content, "step-400");
            newer = store.write(content, "step-469");
        }
    }

    @Test
    void aCheckpointIsShown() {
        assertEquals(0, inspect(newer), err::toString);
        assertEquals(newer + """

                  whole      yes
                  size       3.0 KiB, 2 tensors, 600 parameters
                  written    2026-01-02T03:04:05Z
                  progress   epoch 3, steps 469
                  row        train_loss NaN
                  settings   batch 64
                  callbacks
                    EMA                  shadow [[2] float32]
                  files
                    manifest.json                 252 bytes
                    model.safetensors               2.5 KiB, 1 tensor, 600 elements
                    state.json                    206 bytes
                    state.safetensors             128 bytes, 1 tensor, 2 elements
                """, out.toString());
    }

    @Test
    void jsonHasTheSame() throws IOException {
        assertEquals(0, inspect("--json", newer), err::toString);
        Map<String, Object> facts = JSON.std.mapFrom(out.toString());
        assertEquals(true, facts.get("whole"));
        assertEquals(600, facts.get("parameters"));
        assertEquals(Map.of("epoch", 3, "steps", 469), facts.get("progress"));
        assertEquals(Map.of("EMA", Map.of("shadow", List.of("[2] float32"))), facts.get("callbacks"));
    }

    @Test
    void aFolderOfCheckpointsIsListed() throws IOException {
        assertEquals(0, inspect(folder), err::toString);
        assertTrue(out.toString().startsWith("00000001-step-400 "), out::toString);
        assertTrue(out.toString().contains("\n\n" + newer + "\n  whole      yes\n"), out::toString);
    }

    @Test
    void damageIsNamed_andTheStatusIs1() throws IOException {
        Files.delete(newer.resolve("model.safetensors"));
        assertEquals(1, inspect(newer));
        String problem = newer + " cannot be used: model.safetensors is missing.";
        assertTrue(out.toString().contains("  whole      no: " + problem + "\n"), out::toString);
        out.getBuffer().setLength(0);
        assertEquals(1, inspect(folder, "--json"));
        Map<String, Object> facts = JSON.std.mapFrom(out.toString());
        List<?> listed = (List<?>) facts.get("checkpoints");
        assertEquals(true, ((Map<?, ?>) listed.get(0)).get("whole"));
        assertEquals(problem, ((Map<?, ?>) listed.get(1)).get("problem"));
        assertEquals("", err.toString());
    }

    @Test
    void aFileOfWeightsIsShown() throws IOException {
        Path file = folder.resolve("model.safetensors");
        try (Tensor weight = torch.zeros(2, 3)) {
            Safetensors.write(file, Map.of("w", weight), Map.of("format", "pt"));
        }
        assertEquals(0, inspect(file), err::toString);
        assertEquals(
                file + "\n  whole      yes\n  size       120 bytes, 1 tensor, 6 elements\n  metadata   format pt\n",
                out.toString());
    }

    @Test
    void whatIsNoCheckpointGetsOneLine() throws IOException {
        assertEquals(1, inspect(folder + "/none"));
        assertEquals("rondo inspect: There is no " + folder + "/none.\n", err.toString());
        err.getBuffer().setLength(0);
        assertEquals(1, inspect(Files.writeString(folder.resolve("text"), "text")));
        assertEquals(1, err.toString().lines().count());
        assertEquals(2, inspect());
        assertEquals(1, inspect(Files.createDirectory(folder.resolve("empty"))));
        assertTrue(out.toString().contains("has no manifest.json"), out::toString);
    }
}
