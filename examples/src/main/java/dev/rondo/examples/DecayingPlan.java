package dev.rondo.examples;

import dev.rondo.ProgressCallback;
import dev.rondo.Recorder;
import dev.rondo.TrainEvalCallback;
import dev.rondo.annotation.TrainingPlan;

/**
 * The callbacks of {@code rondo train} without options, as a plan. {@code rondo plan DecayingPlan} prints its timetable. The generated class
 * {@code DecayingPlan_Plan} calls the handlers.
 */
@TrainingPlan({TrainEvalCallback.class, Recorder.class, ProgressCallback.class, LinearDecay.class})
public interface DecayingPlan {}
