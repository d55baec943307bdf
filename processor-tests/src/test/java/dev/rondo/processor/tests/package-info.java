/**
 * The processor, tested as users meet it: sources in; diagnostics, generated sources and running tables out.
 */
package dev.rondo.processor.tests;
