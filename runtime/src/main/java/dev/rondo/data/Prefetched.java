package dev.rondo.data;

import dev.rondo.check.ObjectText;

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
    public DataLoader ordered() {
        return loader.ordered().prefetch(batches);
    }

    @Override
    public String toString() {
        return ObjectText.of(loader) + ", " + batches + " batches ahead";
    }
}
