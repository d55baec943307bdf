/**
 * What the loop does, case by case. Most cases were observed on fastai and are asserted here as Rondo has them: the same, or as {@code
 * docs/differences-from-fastai.md} says. A case's letter and number begin the name of its test.
 *
 * <p>Traces are written in codes: B(efore), A(fter) or C(ancelled), then F(it), E(poch), T(rain), V(alidate), B(atch), P(red), L(oss),
 * backW(ard), S(tep); AC is after_create. {@code t} stands for a whole training batch, {@code v} for a validation batch, {@code E} for an
 * epoch of two and one.
 */
package dev.rondo.cases;
