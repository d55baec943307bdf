/**
 * What handlers do in their bodies. javac shows attributed bodies to a plugin, which it starts from the processor path by itself.
 *
 * <p>{@link dev.rondo.processor.body.BodyPlugin} listens; {@code Values} says what is known of an expression; {@code BodyWalker} lists what
 * a method does as {@code Use}s, once for each method and kinds of arguments; a {@code BodyCheck} looks at the uses of a handler. The checks
 * that concern all classes stand beside: {@code Sweep} goes through a class for them. What is
 * unknown is silent: there is no finding that a user would have to argue with.
 */
package dev.rondo.processor.body;
