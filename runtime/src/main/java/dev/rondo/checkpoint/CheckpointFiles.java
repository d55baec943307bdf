package dev.rondo.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The files of a checkpoint, by name, except for the manifest. */
record CheckpointFiles(Map<String, Disk.Content> contents) {
    /** As loaders of PyTorch weights expect it. */
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    /**
     * Lays out the files.
     *
     * @throws IllegalArgumentException if there is something that a checkpoint cannot hold
     */
    static CheckpointFiles of(CheckpointContent content) throws IOException {
        Map<String, Disk.Content> files = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, Tensor>> entry : content.tensors().entrySet()) {
            String name = entry.getKey();
            if (name.equals(CheckpointReader.STATE_TENSORS) || !Manifest.isFileName(fileName(name))) {
                throw new IllegalArgumentException("A file of a checkpoint cannot be named '" + name
                        + "': take 1 to 64 lower case letters, digits, - and _, and not 'state'.");
            }
            files.put(fileName(name), tensors(entry.getValue()));
        }
        Map<String, Tensor> inState = new LinkedHashMap<>();
        byte[] json = StateJson.write(content.state(), inState);
        if (!inState.isEmpty()) files.put(fileName(CheckpointReader.STATE_TENSORS), tensors(inState));
        files.put(CheckpointReader.STATE_JSON, channel -> Disk.writeAll(channel, ByteBuffer.wrap(json)));
        return new CheckpointFiles(files);
    }

    private static String fileName(String name) {
        return name + CheckpointReader.SAFETENSORS;
    }

    private static Disk.Content tensors(Map<String, Tensor> tensors) throws IOException {
        return Safetensors.content(tensors, METADATA, CheckpointReader.MOST_HEADER);
    }
}
