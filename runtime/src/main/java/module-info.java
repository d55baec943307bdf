/** The learner, its training loop, and the parts that it trains with. */
module dev.rondo {
    requires transitive dev.rondo.annotations;
    requires transitive org.bytedeco.javacpp;
    requires transitive org.bytedeco.pytorch;
    requires com.fasterxml.jackson.jr.ob;
    requires jdk.jfr;
    requires me.tongfei.progressbar;
    requires org.slf4j;
    requires static org.knowm.xchart; // to plot a search for a learning rate
    requires static transitive org.jspecify;

    exports dev.rondo;
    exports dev.rondo.callback;
    exports dev.rondo.checkpoint;
    exports dev.rondo.data;
    exports dev.rondo.loss;
    exports dev.rondo.metric;
    exports dev.rondo.nn;
    exports dev.rondo.optim;
    exports dev.rondo.profile;
    exports dev.rondo.schedule;
    exports dev.rondo.spi;
    exports dev.rondo.torch;

    uses dev.rondo.spi.CallbackIndex;

    provides dev.rondo.spi.CallbackIndex with
            dev.rondo.CallbackIndex_7031b41c;
}
