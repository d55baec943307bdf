package dev.rondo;

/** Options of {@code validate}: {@code learner.validate(loader, validate -> validate.callbacks(new CollectData()))}. */
public final class ValidateOptions extends RunOptions<ValidateOptions> {
    ValidateOptions() {}

    @Override
    ValidateOptions self() {
        return this;
    }

    @Override
    public String toString() {
        return "ValidateOptions[" + registered() + "]";
    }
}
