/**
 * The checks of callback classes and plans, a class for each. They read the {@link dev.rondo.processor.model model}.
 * {@link dev.rondo.processor.check.Checks} lists those that run.
 *
 * <p>May depend on {@link dev.rondo.processor.model}, {@link dev.rondo.processor.report} and {@link dev.rondo.event}.
 */
package dev.rondo.processor.check;
