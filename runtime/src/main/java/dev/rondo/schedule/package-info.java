/**
 * Schedules: hyper-parameters as functions of the position in training, and what is read off a curve of rates and losses. Pure, usable
 * without a learner.
 *
 * <p>Depends on nothing but, for plots, XChart, which is optional.
 */
@NullMarked
package dev.rondo.schedule;

import org.jspecify.annotations.NullMarked;
