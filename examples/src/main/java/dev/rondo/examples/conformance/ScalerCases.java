package dev.rondo.examples.conformance;

import dev.rondo.torch.GradScaler;
import java.util.List;

/** Scales of losses: the scale after each step, of which some overflow. */
final class ScalerCases {
    private ScalerCases() {}

    static List<Double> values(Fields description) {
        GradScaler scaler = new GradScaler(
                description.number("init", 65536),
                description.number("growth", 2),
                description.number("backoff", .5),
                description.integer("interval", 2000));
        return description.list("overflow").stream()
                .map(overflow -> {
                    scaler.update(!(Boolean) overflow);
                    return scaler.scale();
                })
                .toList();
    }
}
