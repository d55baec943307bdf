package dev.rondo.benchmarks.peers;

import dev.rondo.benchmarks.Program;

/**
 * A program that does the work.
 *
 * @param name as the table has it
 * @param kind what it is compared as: among several variants of one kind, the fastest counts
 */
record Peer(String name, String kind, Program program) {}
