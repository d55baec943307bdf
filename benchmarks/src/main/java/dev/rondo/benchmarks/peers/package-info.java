/**
 * Runs the same training on Rondo and its peers, in turn, and compares them. The programs of the peers are in the folder
 * {@code benchmarks/peers}. Depends on no package of the runtime.
 */
package dev.rondo.benchmarks.peers;
