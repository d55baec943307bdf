/**
 * Loss functions. Pure: usable without a learner.
 *
 * <p>May depend on {@link dev.rondo.torch} and org.bytedeco.pytorch.
 */
package dev.rondo.loss;
