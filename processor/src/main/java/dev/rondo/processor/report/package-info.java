/**
 * What the processor says: the catalogue of diagnostics, and the way one gets to its place in the source.
 *
 * <p>Depends on nothing but the compiler's API.
 */
package dev.rondo.processor.report;
