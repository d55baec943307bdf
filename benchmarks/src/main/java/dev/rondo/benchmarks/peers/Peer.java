package dev.rondo.benchmarks.peers;

import dev.rondo.benchmarks.Program;

/**
 * A program that runs the training.
 *
 * @param name the name in the table
 * @param kind the name of its group: among the variants of one kind, the fastest counts
 * @param program the process to run
 */
record Peer(String name, String kind, Program program) {}
