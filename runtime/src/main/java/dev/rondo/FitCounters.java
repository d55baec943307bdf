package dev.rondo;

/** The counters of a fit and the mode of its model. A nested run that is not a fit restores them at its end. */
record FitCounters(int epoch, int trainIter, double pctTrain, boolean training, Runnable mode) {
    static FitCounters of(LearnerAttributes learner) {
        boolean training = learner.training();
        Runnable mode = learner.model().mode();
        return new FitCounters(
                learner.epoch(),
                learner.trainIter(),
                learner.pctTrain(),
                training,
                mode != null ? mode : () -> learner.model().train(training));
    }

    void restore(LearnerAttributes learner) {
        learner.setEpoch(epoch);
        learner.setTrainIter(trainIter);
        learner.setPctTrain(pctTrain);
        learner.setTraining(training);
        mode.run();
    }
}
