package dev.rondo;

/** What was changed for a while; closing puts it back. For try-with-resources. */
@FunctionalInterface
public interface Undo extends AutoCloseable {
    @Override
    void close();
}
