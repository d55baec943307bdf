package dev.rondo;

/** Sets attributes that only the default callbacks may set, for tests in other packages. */
public final class Owner {
    private Owner() {}

    public static void setTraining(Learner learner, boolean training) {
        learner.setTraining(training);
    }
}
