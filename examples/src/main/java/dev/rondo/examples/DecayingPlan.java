package dev.rondo.examples;

import dev.rondo.ProgressCallback;
import dev.rondo.Recorder;
import dev.rondo.TrainEvalCallback;
import dev.rondo.annotation.TrainingPlan;

/**
 * The run of {@code rondo train} without options, as a plan: its timetable is what {@code rondo plan DecayingPlan} prints, and
 * {@code DecayingPlan_Plan} is the class that makes the calls.
 */
@TrainingPlan({TrainEvalCallback.class, Recorder.class, ProgressCallback.class, LinearDecay.class})
public interface DecayingPlan {}
