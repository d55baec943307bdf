package dev.rondo.examples;

import dev.rondo.annotation.TrainingPlan;
import dev.rondo.callback.ProgressCallback;
import dev.rondo.callback.Recorder;
import dev.rondo.callback.TrainEvalCallback;

/**
 * The run of {@code rondo train} without options, as a plan: its timetable is what {@code rondo plan DecayingPlan} prints, and
 * {@code DecayingPlan_Plan} is the class that makes the calls.
 */
@TrainingPlan({TrainEvalCallback.class, Recorder.class, ProgressCallback.class, LinearDecay.class})
public interface DecayingPlan {}
