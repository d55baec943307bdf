/**
 * Reads the archives of {@code torch.save}: a zip file with a pickle, which names objects, and the bytes of tensors. The way through the
 * package: {@link dev.rondo.checkpoint.pickle.ZipArchive} → {@link dev.rondo.checkpoint.pickle.Unpickler} with {@link
 * dev.rondo.checkpoint.pickle.Globals} → {@link dev.rondo.checkpoint.pickle.StoredTensor}.
 *
 * <p>No file is trusted. Python would run what a pickle names; here, the names are only compared with those of a short list. Sizes and
 * counts are checked before memory is allocated.
 *
 * <p>Depends on the JDK only. Not exported.
 */
@NullMarked
package dev.rondo.checkpoint.pickle;

import org.jspecify.annotations.NullMarked;
