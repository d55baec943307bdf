/**
 * Schedules of hyper-parameters, and curves of losses by learning rate. They can be used without a learner.
 *
 * <p>Depends on nothing but XChart, which is optional and used for plots.
 */
@NullMarked
package dev.rondo.schedule;

import org.jspecify.annotations.NullMarked;
