/**
 * The learner, its runs and their options, the training loop, and the callbacks that the learner itself needs. {@link dev.rondo.Learner} is
 * what a user builds and calls; {@link dev.rondo.LearnerAttributes} is what a callback reads and writes.
 *
 * <p>May depend on every package of the runtime but {@link dev.rondo.callback}.
 */
@NullMarked
package dev.rondo;

import org.jspecify.annotations.NullMarked;
