/**
 * The same trainings in other frameworks for the JVM and by hand, timed beside Rondo by {@code rondo bench peers}. A project of its own,
 * which depends on none of Rondo's modules.
 */
package dev.rondo.peers;
