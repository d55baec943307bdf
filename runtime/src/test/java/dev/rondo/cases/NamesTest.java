package dev.rondo.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** B14: names of registrations, derived from classes as in fastai. */
class NamesTest extends Fixture {
    private String nameOf(Object callback) {
        return learner.add(new Bare(callback)).name();
    }

    @Test
    void b14_namesOfBuiltIns() {
        learner = given().defaultCallbacks(false).build();
        assertEquals("train_eval", nameOf(new TrainEvalCallback()));
        assertEquals("recorder", nameOf(new Recorder()));
        assertEquals("csv_logger", nameOf(new CSVLogger()));
        assertEquals("non_native_mixed_precision", nameOf(new NonNativeMixedPrecision()));
        assertEquals("mix_up", nameOf(new MixUp()));
        assertEquals("lr_finder", nameOf(new LRFinder()));
        assertEquals("terminate_on_na_n", nameOf(new TerminateOnNaNCallback()));
        assertEquals("reduce_lr_on_plateau", nameOf(new ReduceLROnPlateau()));
        assertEquals("rnn", nameOf(new RNNCallback()));
        assertEquals("rnn_regularizer", nameOf(new RNNRegularizer()));
        assertEquals("mc_dropout", nameOf(new MCDropoutCallback()));
        assertEquals("gan_trainer", nameOf(new GANTrainer()));
        assertEquals("skip_to_epoch", nameOf(new SkipToEpoch()));
    }

    @Test
    void b14_namesOfUnusualClassNames() {
        learner = given().defaultCallbacks(false).build();
        assertEquals("callback", nameOf(new Callback()));
        assertEquals("my_callback", nameOf(new MyCallbackCallback()));
        assertEquals("callback_x", nameOf(new CallbackX()));
        assertEquals("http_server2", nameOf(new HTTPServer2Callback()));
        assertEquals("abc", nameOf(new ABC()));
        assertEquals("x2_y", nameOf(new X2Y()));
        learner.callbacks().forEach(learner::remove);
        assertEquals("callback", nameOf(new CallbackCallback()));
        assertEquals("a_b1_c", nameOf(new aB1C()));
    }

    static final class TrainEvalCallback {}

    static final class Recorder {}

    static final class CSVLogger {}

    static final class NonNativeMixedPrecision {}

    static final class MixUp {}

    static final class LRFinder {}

    static final class TerminateOnNaNCallback {}

    static final class ReduceLROnPlateau {}

    static final class RNNCallback {}

    static final class RNNRegularizer {}

    static final class MCDropoutCallback {}

    static final class GANTrainer {}

    static final class SkipToEpoch {}

    static final class Callback {}

    static final class CallbackCallback {}

    static final class MyCallbackCallback {}

    static final class CallbackX {}

    static final class HTTPServer2Callback {}

    static final class ABC {}

    static final class X2Y {}

    static final class aB1C {}
}
