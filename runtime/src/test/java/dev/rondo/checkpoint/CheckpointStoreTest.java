package dev.rondo.checkpoint;

import static dev.rondo.checkpoint.CheckpointContents.assertSame;
import static dev.rondo.checkpoint.CheckpointContents.small;
import static dev.rondo.checkpoint.CheckpointContents.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InScope.class)
class CheckpointStoreTest {
    @TempDir
    Path temporary;

    private final List<String> warnings = new ArrayList<>();
    private Path folder;
    private CheckpointStore store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("run/checkpoints");
        store = new CheckpointStore(folder);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(path -> path.getFileName().toString()).toList();
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return names(all.sorted().toList());
        }
    }

    private int newest() throws IOException {
        try (CheckpointContent content =
                store.newest(warnings::add).orElseThrow().content()) {
            return step(content);
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Map<String, Tensor> model = new LinkedHashMap<>();
        for (ScalarType type : ScalarType.values()) {
            if (ElementType.written(type).isEmpty()) continue;
            model.put("of " + type, torch.zeros(new long[] {2, 3}, new TensorOptions(type)));
        }
        model.put("NaN", Tensors.floats(Double.NaN, -0.0, Double.NEGATIVE_INFINITY));
        model.put("scalar", Tensors.longs(-7).view());
        model.put("none", torch.zeros(0, 5));
        model.put("turned", Tensors.count(3, 4).t());
        model.put("trained", Tensors.floats(1, 2).set_requires_grad(true));
        Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
        tensors.put("model", model);
        tensors.put("optimizer", Map.of());
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("progress", Map.of("epoch", 3));
        state.put("generators", List.of(Tensors.longs(1), Tensors.longs(1)));
        CheckpointContent content = new CheckpointContent(tensors, state);
        Path path = store.write(content, "step-469");
        assertEquals("00000001-step-469", path.getFileName().toString());
        try (CheckpointContent read = CheckpointStore.read(path)) {
            assertEquals(tensors.keySet(), read.tensors().keySet());
            for (String name : model.keySet()) {
                assertSame(name, model.get(name), read.tensors().get("model").get(name));
            }
            assertSame("state", state, read.state());
        }
    }

    @Test
    void aCheckpointWithoutAnythingIsOne() throws IOException {
        CheckpointContent nothing = new CheckpointContent(Map.of(), Map.of());
        assertSame(nothing, CheckpointStore.read(store.write(nothing, "a")));
    }

    @Test
    void aCopyDoesNotChangeWithItsSource() throws Exception {
        Tensor weight = Tensors.floats(1, 2);
        Tensor inState = Tensors.floats(3);
        CheckpointContent source = new CheckpointContent(
                Map.of("model", Map.of("w", weight)), Map.of("a", List.of(Map.of("b", inState), 1)));
        Path before = store.write(source, "before");
        try (CheckpointContent copy = source.copy()) {
            weight.zero_();
            inState.zero_();
            assertSame(CheckpointStore.read(before), copy);
        }
    }

    @Test
    void closedContentsLeaveNoNativeMemory() throws Exception {
        Path path = store.write(small(1), "a");
        CheckpointContent source = small(1);
        long before = Tensors.handles();
        CheckpointContent copy = source.copy();
        assertEquals(before + 2, Tensors.handles());
        copy.close();
        for (int i = 0; i < 3; i++) CheckpointStore.read(path).close();
        Files.writeString(path.resolve("state.json"), "{}");
        assertThrows(CheckpointException.class, () -> CheckpointStore.read(path));
        assertTrue(Tensors.handles() <= before);
    }

    @Test
    void numbersGoOnBehindTheHighest_whateverIsThere() throws IOException {
        store.write(small(1), "a");
        Files.createDirectory(folder.resolve("00000041-empty"));
        Files.createDirectory(folder.resolve("notes"));
        Path next = store.write(small(2), "b");
        assertEquals("00000042-b", next.getFileName().toString());
        assertEquals(List.of("00000001-a", "00000041-empty", "00000042-b"), names(store.checkpoints()));
        assertEquals(2, newest());
        assertEquals(
                List.of(folder.resolve("notes")
                        + " is not the folder of a checkpoint, whose name is such as 00000017-step-469."),
                warnings);
    }

    @Test
    void nothingThereIsNoError_nothingValidIs() throws IOException {
        assertEquals(Optional.empty(), store.newest(warnings::add));
        assertEquals(List.of(), store.checkpoints());
        assertFalse(Files.exists(folder));
        Files.createDirectories(folder);
        assertEquals(Optional.empty(), store.newest(warnings::add));
        Files.createDirectory(folder.resolve("00000001-a"));
        Exception e = assertThrows(CheckpointException.class, () -> store.newest(warnings::add));
        assertEquals(
                folder + " has no valid checkpoint. Restore one, or name another folder to begin anew.",
                e.getMessage());
        assertEquals(
                List.of(folder.resolve("00000001-a")
                        + " has no manifest.json: it is no checkpoint, or not all of one."),
                warnings);
    }

    @Test
    void onlyTheLastAreKept_andThoseThatAreNamed() throws IOException {
        List<Path> written = new ArrayList<>();
        for (int i = 1; i <= 6; i++) written.add(store.write(small(i), "s"));
        Files.delete(written.get(4).resolve("model.safetensors")); // not whole, so it does not count
        Files.createDirectory(folder.resolve("notes"));
        store.keep(2, List.of(written.get(1)));
        assertEquals(List.of(".lock", "00000002-s", "00000004-s", "00000005-s", "00000006-s", "notes"), everything());
    }

    @Test
    void leftoversAreDeleted() throws IOException {
        store.write(small(1), "a");
        for (String name : List.of(".writing-00000002-b", ".deleting-00000001-x")) {
            Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("model.safetensors"), "half");
        }
        Files.writeString(folder.resolve(".mine"), "not ours");
        assertEquals(1, newest());
        assertEquals(List.of(), warnings);
        assertEquals(List.of(".lock", ".mine", "00000001-a"), everything());
    }

    /** What a kill would leave at each step of a write and of a deletion: the older or the newer checkpoint, whole. */
    @Test
    void aKillAtAnyStepLosesNothing() throws IOException {
        store.write(small(1), "a");
        store.close();
        List<Path> killed = new ArrayList<>();
        try (CheckpointStore traced = new CheckpointStore(folder, () -> killed.add(copy(killed.size())))) {
            traced.write(small(2), "b");
            traced.keep(1, List.of());
        }
        killed.add(copy(killed.size()));
        List<Integer> steps = new ArrayList<>();
        for (Path left : killed) {
            try (CheckpointStore next = new CheckpointStore(left)) {
                steps.add(step(next.newest(warnings::add).orElseThrow().content()));
                try (Stream<Path> all = Files.list(left)) {
                    assertTrue(all.allMatch(path -> path.endsWith(".lock")
                            || path.getFileName().toString().startsWith("0")));
                }
                next.write(small(3), "c");
            }
        }
        assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2), steps);
        assertEquals(List.of(), warnings);
    }

    private Path copy(int n) throws IOException {
        Path to = temporary.resolve("killed" + n);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList())
                Files.copy(path, to.resolve(folder.relativize(path).toString()));
        }
        return to;
    }

    /** A full disk at each step: a sentence, nothing left, and the earlier checkpoint is whole. */
    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        store.write(small(1), "a");
        store.close();
        for (int failing = 0; failing < 7; failing++) {
            int[] left = {failing};
            try (CheckpointStore full = new CheckpointStore(folder, () -> {
                if (left[0]-- == 0) throw new FileSystemException("x", null, "No space left on device");
            })) {
                Exception e = assertThrows(CheckpointException.class, () -> full.write(small(2), "b"));
                assertEquals(
                        "A checkpoint could not be written to " + folder + ": No space left on device.",
                        e.getMessage());
            }
            assertEquals(List.of("00000001-a"), everything());
        }
        assertEquals(1, newest());
        assertEquals(2, step(CheckpointStore.read(store.write(small(2), "b"))));
    }

    @Test
    void aFileInThePlaceOfTheFolderIsNamed() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "text");
        Exception e = assertThrows(CheckpointException.class, () -> store.write(small(1), "a"));
        assertEquals(
                "A checkpoint could not be written to " + folder + ": " + folder + " is not a folder.", e.getMessage());
        e = assertThrows(CheckpointException.class, () -> store.newest(warnings::add));
        assertEquals("The checkpoints could not be read in " + folder + ": it is not a folder.", e.getMessage());
    }

    @Test
    void aFolderThatIsGoneIsAnError_untilItIsThereAgain() throws IOException {
        store.write(small(1), "a");
        Path away = Files.move(folder, temporary.resolve("away"));
        for (int i = 0; i < 2; i++) {
            Exception e = assertThrows(CheckpointException.class, () -> store.write(small(2), "b"));
            assertEquals("A checkpoint could not be written to " + folder + ": the folder is gone.", e.getMessage());
        }
        Files.move(away, folder);
        store.write(small(2), "b");
        assertEquals(List.of(".lock", "00000001-a", "00000002-b"), everything());
    }

    @Test
    void aSecondStoreOfTheFolderIsAnError_untilTheFirstIsClosed() throws IOException {
        store.write(small(1), "a");
        Path beside = Files.createDirectory(folder.resolve(".writing-00000002-b")); // under way
        try (CheckpointStore second = new CheckpointStore(folder)) {
            String message =
                    folder + " is in use by another CheckpointStore, of this program or of another one: end that"
                            + " one, or name another folder.";
            assertEquals(
                    message,
                    assertThrows(CheckpointException.class, () -> second.write(small(2), "c"))
                            .getMessage());
            assertEquals(
                    message,
                    assertThrows(CheckpointException.class, () -> second.newest(warnings::add))
                            .getMessage());
            assertTrue(Files.exists(beside));
            assertEquals(1, second.checkpoints().size());
            store.close();
            second.write(small(2), "c");
            assertFalse(Files.exists(beside));
        }
    }

    @Test
    void anotherProcessKeepsTheFolder() throws Exception {
        store.write(small(1), "a");
        store.close();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Files.writeString(temporary.resolve("Locker.java"), """
                                import java.nio.channels.FileChannel;
                                import java.nio.file.*;
                                class Locker {
                                    public static void main(String[] args) throws Exception {
                                        FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE, StandardOpenOption.CREATE).lock();
                                        System.out.println("locked");
                                        System.in.read();
                                    }
                                }
                                """).toString(),
                        folder.resolve(".lock").toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertEquals("locked", other.inputReader().readLine());
            assertThrows(CheckpointException.class, () -> store.write(small(2), "b"));
        } finally {
            other.destroyForcibly().waitFor();
        }
        store.write(small(2), "b");
        assertEquals(2, newest());
    }

    @Test
    void whatCannotBeHeldIsRefused_andNothingIsWritten() {
        Tensor complex = torch.zeros(new long[] {1}, new TensorOptions(ScalarType.ComplexDouble));
        Tensor one = Tensors.floats(1);
        for (CheckpointContent content : List.of(
                new CheckpointContent(Map.of("model", Map.of("z", complex)), Map.of()),
                new CheckpointContent(Map.of(), Map.of("z", complex)),
                new CheckpointContent(Map.of(), Map.of("x", new Object())),
                new CheckpointContent(Map.of("state", Map.of("a", one)), Map.of()),
                new CheckpointContent(Map.of("../model", Map.of("a", one)), Map.of()),
                new CheckpointContent(Map.of("model", Map.of("half \ud83d", one)), Map.of()))) {
            assertThrows(IllegalArgumentException.class, () -> store.write(content, "a"));
        }
        for (String label : List.of("", ".", "a/b", "ü", "x".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> store.write(small(1), label));
        }
        assertFalse(Files.exists(folder));
    }

    /** An interrupt is no damage: an older checkpoint must not take the place of one that is whole. */
    @Test
    void anInterruptedThreadWritesAndReadsNothing() throws IOException {
        store.write(small(1), "a");
        Thread.currentThread().interrupt();
        try {
            Exception e = assertThrows(CheckpointException.class, () -> store.write(small(2), "b"));
            assertEquals(
                    "A checkpoint could not be written to " + folder + ": the thread was interrupted.", e.getMessage());
            assertThrows(ClosedByInterruptException.class, () -> store.newest(warnings::add));
            store.close();
            assertThrows(IOException.class, () -> store.write(small(2), "b"));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(List.of(), warnings);
        assertEquals(List.of(".lock", "00000001-a"), everything());
        store.write(small(2), "b");
    }

    @Test
    void aFolderOfTheLastNumberIsFull() throws IOException {
        Files.createDirectories(folder.resolve("99999999-z"));
        assertEquals(
                folder + " has no number left for another checkpoint.",
                assertThrows(CheckpointException.class, () -> store.write(small(1), "a"))
                        .getMessage());
    }
}
