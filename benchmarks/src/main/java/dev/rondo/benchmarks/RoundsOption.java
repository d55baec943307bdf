package dev.rondo.benchmarks;

import dev.rondo.examples.OptionChecks;
import picocli.CommandLine.Option;

/** The option {@code --rounds}. */
public final class RoundsOption {
    @Option(
            names = "--rounds",
            description = "Number of rounds. In a round, everything that is compared runs once, in turn.")
    private Integer rounds;

    /** Creates the option without a default. */
    public RoundsOption() {}

    /** Creates the option with a default. */
    public RoundsOption(int rounds) {
        this.rounds = rounds;
    }

    /** Returns the number of rounds of an option with a default. */
    public int value() {
        OptionChecks.requireAtLeast(1, "--rounds", rounds);
        return rounds;
    }

    /** Returns the number of rounds, or another one if the option was not given. */
    public int orElse(int other) {
        return rounds == null ? other : value();
    }
}
