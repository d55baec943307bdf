/**
 * The declaration of a callback class as records. {@link dev.rondo.processor.read} creates them, {@link dev.rondo.processor.check} checks
 * them, and {@link dev.rondo.processor.write} generates sources from them. A faulty declaration is modelled as it is.
 *
 * <p>May depend on {@link dev.rondo.event} and JavaPoet's names.
 */
package dev.rondo.processor.model;
