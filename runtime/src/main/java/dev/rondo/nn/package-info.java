/**
 * Models and layers with PyTorch's default initialization and parameter names. They can be used without a learner.
 *
 * <p>The layers call libtorch's functional operators. They do not use the preset's layer classes, because many of those have two native
 * owners, which crashes the process when both free the layer.
 *
 * <p>Constructors check sizes and probabilities as PyTorch does. An input that does not fit is an {@link IllegalArgumentException} or a
 * {@link dev.rondo.torch.TorchException}, in one sentence that names the layer by its path in the model.
 *
 * <p>May depend on {@link dev.rondo.torch} and org.bytedeco.pytorch.
 */
@NullMarked
package dev.rondo.nn;

import org.jspecify.annotations.NullMarked;
