package dev.rondo.benchmarks;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes a data set of a few images, in which the brightness of an image is proportional to its label. */
final class TinyData {
    private TinyData() {}

    static Path write(Path folder, int train, int valid) throws IOException {
        write(folder, "train", train);
        write(folder, "t10k", valid);
        return folder;
    }

    private static void write(Path folder, String part, int n) throws IOException {
        try (DataOutputStream images = open(folder.resolve(part + "-images-idx3-ubyte.gz"));
                DataOutputStream labels = open(folder.resolve(part + "-labels-idx1-ubyte.gz"))) {
            for (int header : new int[] {0x803, n, 28, 28}) images.writeInt(header);
            for (int header : new int[] {0x801, n}) labels.writeInt(header);
            byte[] image = new byte[28 * 28];
            for (int i = 0; i < n; i++) {
                Arrays.fill(image, (byte) (i % 10 * 25));
                images.write(image);
                labels.write(i % 10);
            }
        }
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)));
    }
}
