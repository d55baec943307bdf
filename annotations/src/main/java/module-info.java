/** What the author of a callback writes: annotations, events and cancels. */
module dev.rondo.annotations {
    requires static transitive org.jspecify;

    exports dev.rondo.annotation;
    exports dev.rondo.event;
}
