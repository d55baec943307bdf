/**
 * Checks of the arguments that a program passes to the library: ranges of numbers, nulls, names. And the words of texts and messages for
 * objects and near names. Not exported.
 *
 * <p>Depends on nothing.
 */
@NullMarked
package dev.rondo.check;

import org.jspecify.annotations.NullMarked;
