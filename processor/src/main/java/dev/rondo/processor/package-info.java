/**
 * The annotation processors. A class goes through {@link dev.rondo.processor.read} (mirrors to records),
 * {@link dev.rondo.processor.check} (records to diagnostics, in {@link dev.rondo.processor.report}) and
 * {@link dev.rondo.processor.write} (records to source).
 *
 * <p>Depends on the annotations and on JavaPoet, never on the runtime.
 */
package dev.rondo.processor;
