/**
 * The checks, one class each: what is wrong with a callback class, judged on the {@link dev.rondo.processor.model model}. Which of them
 * run is listed in {@link dev.rondo.processor.check.Checks}.
 *
 * <p>May depend on {@link dev.rondo.processor.model}, {@link dev.rondo.processor.report} and {@link dev.rondo.event}.
 */
package dev.rondo.processor.check;
