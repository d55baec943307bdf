/**
 * The learner and its training loop. Users build and call a {@link dev.rondo.Learner}; callbacks read and write the {@link
 * dev.rondo.LearnerAttributes}.
 *
 * <p>May depend on every package below it.
 */
@NullMarked
package dev.rondo;

import org.jspecify.annotations.NullMarked;
