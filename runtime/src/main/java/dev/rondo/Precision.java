package dev.rondo;

/** The floating-point type in which a learner computes model and loss where that is safe. */
public enum Precision {
    /** Float32 everywhere. */
    FP32,
    /** Float16 with a scaled loss: {@link MixedPrecision#fp16()}. */
    FP16,
    /** Bfloat16: {@link MixedPrecision#bf16()}. */
    BF16
}
