/**
 * A callback class as its declaration tells, in records: what {@link dev.rondo.processor.read} fills,
 * {@link dev.rondo.processor.check} judges and {@link dev.rondo.processor.write} writes down. Faulty declarations are modelled as they
 * stand.
 *
 * <p>May depend on {@link dev.rondo.event} and JavaPoet's names.
 */
package dev.rondo.processor.model;
