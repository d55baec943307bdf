/**
 * Models and layers over libtorch's functional operators, with PyTorch's default initialisation and names. The layers are our own
 * because many of the preset's layer classes have two native owners, and end the process when both let go.
 *
 * <p>May depend on {@link dev.rondo.torch} and org.bytedeco.pytorch. Usable without a learner.
 */
@NullMarked
package dev.rondo.nn;

import org.jspecify.annotations.NullMarked;
