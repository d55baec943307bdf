package dev.rondo.data;

import dev.rondo.check.ObjectText;
import java.util.Map;

/** A loader whose batches another thread prepares ahead. */
record Prefetched(DataLoader loader, int batches) implements DataLoader {
    @Override
    public int size() {
        return loader.size();
    }

    @Override
    public Pass open(long epoch) {
        return new Prefetching(loader.open(epoch), batches);
    }

    @Override
    public Pass open(long epoch, int first) {
        return new Prefetching(loader.open(epoch, first), batches);
    }

    @Override
    public boolean canSeek() {
        return loader.canSeek();
    }

    @Override
    public Map<String, String> settings() {
        return loader.settings();
    }

    @Override
    public DataLoader ordered() {
        return loader.ordered().prefetch(batches);
    }

    @Override
    public String toString() {
        return ObjectText.of(loader) + ", " + batches + " batches ahead";
    }
}
