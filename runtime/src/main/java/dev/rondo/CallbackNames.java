package dev.rondo;

import java.util.Locale;

/**
 * Derives the names of registrations from class names, as in fastai: without a trailing "Callback", in snake case. {@code
 * TrainEvalCallback} is train_eval, {@code CSVLogger} is csv_logger.
 */
final class CallbackNames {
    private CallbackNames() {}

    static String of(Class<?> type) {
        String name = type.getSimpleName().replaceFirst("Callback$", "");
        if (name.isEmpty()) name = "Callback";
        return name.replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
