/**
 * Schedules of hyper-parameters, and curves of losses by learning rate. They can be used without a learner.
 *
 * <p>May depend on {@code dev.rondo.check}, and on XChart, which is optional and used for plots.
 */
@NullMarked
package dev.rondo.schedule;

import org.jspecify.annotations.NullMarked;
