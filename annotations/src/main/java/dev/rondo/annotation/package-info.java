/**
 * What a callback's author writes. All annotations stay in class files (so that a callback can be extended in another artifact) and
 * none is read by reflection.
 *
 * <p>May depend on {@link dev.rondo.event}.
 */
package dev.rondo.annotation;
