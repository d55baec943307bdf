/**
 * The catalogue of diagnostics, and the way in which one is reported at its place in the source.
 *
 * <p>Depends only on the compiler's API and on the nearest name of {@link dev.rondo.processor.model}.
 */
package dev.rondo.processor.report;
