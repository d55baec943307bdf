/**
 * Whole files, valid and invalid, and the examples of {@code docs/checks}, through every compiler that users have: javac 17, javac 25 and
 * ECJ. A line that must be reported ends in {@code // ! key}; nothing else may be said.
 */
package dev.rondo.processor.tests.corpus;
