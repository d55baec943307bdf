package dev.rondo.benchmarks.dispatch;

/** A callback as in other frameworks: one method per event, which is empty unless overridden and is always called. */
interface EventListener {
    default void afterCreate() {}

    default void beforeFit() {}

    default void beforeEpoch() {}

    default void beforeTrain() {}

    default void beforeBatch() {}

    default void afterPred() {}

    default void afterLoss() {}

    default void beforeBackward() {}

    default void afterCancelBackward() {}

    default void afterBackward() {}

    default void beforeStep() {}

    default void afterCancelStep() {}

    default void afterStep() {}

    default void afterCancelBatch() {}

    default void afterBatch() {}

    default void afterCancelTrain() {}

    default void afterTrain() {}

    default void beforeValidate() {}

    default void afterCancelValidate() {}

    default void afterValidate() {}

    default void afterCancelEpoch() {}

    default void afterEpoch() {}

    default void afterCancelFit() {}

    default void afterFit() {}
}
