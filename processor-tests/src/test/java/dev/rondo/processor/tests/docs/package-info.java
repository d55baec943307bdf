/** The pages of the repository: their Java code compiles and runs, what they quote is said, their links lead somewhere. */
package dev.rondo.processor.tests.docs;
