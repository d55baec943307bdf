/**
 * The learner and its training loop: {@link dev.rondo.Learner} is what a user builds and calls, {@link dev.rondo.LearnerAttributes} what
 * a callback reads and writes, and one page, the loop, fires the events.
 *
 * <p>May depend on every package below it.
 */
package dev.rondo;
