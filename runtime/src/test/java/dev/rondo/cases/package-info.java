/**
 * The behaviour of the training loop, case by case. Most cases were observed on fastai. The tests assert the same behaviour, or the one in
 * {@code docs/differences-from-fastai.md}. The name of a test starts with the letter and number of its case.
 *
 * <p>Traces are sequences of codes: B(efore), A(fter) or C(ancelled), then F(it), E(poch), T(rain), V(alidate), B(atch), P(red), L(oss),
 * backW(ard), S(tep); AC is after_create. {@code t} stands for a whole training batch, {@code v} for a validation batch, {@code E} for an
 * epoch of two and one.
 */
package dev.rondo.cases;
