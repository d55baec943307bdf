package dev.rondo.annotation;

/** Whether the callbacks of a {@link TrainingPlan} may read values from the device inside a batch. */
public enum HostReads {
    /** Reads are allowed where {@link HostRead} acknowledges them; the timetable lists them. */
    ACKNOWLEDGED,
    /** A plan with a callback that reads does not compile. */
    NONE
}
