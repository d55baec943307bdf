package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes and deletes the folder of a checkpoint, which is never there in part. */
final class CheckpointWriter {
    /** Is called before each change of the disk. */
    interface Step {
        void run() throws IOException;
    }

    private final Step beforeStep;

    CheckpointWriter(Step beforeStep) {
        this.beforeStep = beforeStep;
    }

    /** Writes the files under a hidden name and then renames their folder. */
    Path write(CheckpointFiles files, Path checkpoint) throws IOException {
        Path beside = CheckpointFolder.writing(checkpoint);
        try {
            beforeStep.run();
            Files.createDirectory(beside);
            List<Manifest.Entry> entries = new ArrayList<>();
            for (Map.Entry<String, Disk.Content> file : files.contents().entrySet()) {
                Disk.Written written = write(beside.resolve(file.getKey()), file.getValue());
                entries.add(new Manifest.Entry(file.getKey(), written.length(), written.crc32c()));
            }
            ByteBuffer manifest = ByteBuffer.wrap(new Manifest(entries).bytes());
            write(beside.resolve(Manifest.NAME), channel -> Disk.writeAll(channel, manifest));
            Disk.sync(beside);
            beforeStep.run();
            Disk.rename(beside, checkpoint);
        } catch (Throwable t) {
            try {
                if (Files.exists(beside)) Disk.delete(beside);
            } catch (IOException e) {
                t.addSuppressed(e); // the next write deletes it
            }
            throw t;
        }
        beforeStep.run();
        Disk.sync(checkpoint.getParent());
        return checkpoint;
    }

    private Disk.Written write(Path file, Disk.Content content) throws IOException {
        beforeStep.run();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            return Disk.write(channel, content);
        }
    }

    /** Deletes a checkpoint, which has a hidden name before anything of it is missing. */
    void delete(Path checkpoint) throws IOException {
        Path hidden = CheckpointFolder.deleting(checkpoint);
        beforeStep.run();
        Disk.rename(checkpoint, hidden);
        Disk.sync(checkpoint.getParent());
        beforeStep.run();
        Disk.delete(hidden);
    }
}
