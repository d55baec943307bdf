/**
 * The same trainings by hand and in another framework for the JVM. {@code rondo bench peers} compares their times with Rondo's. This is a
 * separate project, which depends on no module of Rondo.
 */
package dev.rondo.peers;
