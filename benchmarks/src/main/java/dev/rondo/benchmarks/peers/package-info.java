/**
 * The same training on Rondo and its peers, in turn. The programs are in the folder {@code benchmarks/peers}; here they are started and
 * compared. Depends on no part of Rondo's.
 */
package dev.rondo.benchmarks.peers;
