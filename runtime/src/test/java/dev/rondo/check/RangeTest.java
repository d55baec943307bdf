package dev.rondo.check;

import static dev.rondo.check.Wrong.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RangeTest {
    static Stream<Wrong> wrongArguments() {
        return Stream.of(
                call("A rate is 0 or more, not -1.0.", () -> Range.NOT_NEGATIVE.check("A rate", -1.)),
                call("A rate is 0 or more, not NaN.", () -> Range.NOT_NEGATIVE.check("A rate", Double.NaN)),
                call("A rate is a finite number, not Infinity.", () -> Range.POSITIVE.check("A rate", 1 / 0.)),
                call("A limit is above 0, not 0.0.", () -> Range.POSITIVE_LIMIT.check("A limit", 0.)),
                call("A size is 1 or more, not 0.", () -> Range.AT_LEAST_1.check("A size", 0)),
                call("A share is from 0 to below 1, not 1.0.", () -> Range.BELOW_1.check("A share", 1.)),
                call("'loss' must not be null.", () -> Argument.given("loss", null)),
                call("'losses[1]' must not be null.", () -> Argument.all("losses", Arrays.asList("a", null))),
                call("A metric has a name that is not blank.", () -> Argument.name("A metric", " ")));
    }

    @ParameterizedTest
    @MethodSource
    void wrongArguments(Wrong wrong) {
        wrong.assertSaid();
    }

    @Test
    void endsBelongToARange() {
        assertEquals(0, Range.NOT_NEGATIVE.check("A rate", 0.));
        assertEquals(1, Range.FRACTION.check("A share", 1.));
        assertEquals(Long.MAX_VALUE, Range.AT_LEAST_1.check("A size", Long.MAX_VALUE));
        assertEquals(1 / 0., Range.LIMIT.check("A limit", 1 / 0.));
    }

    @Test
    void nearestName() {
        List<String> columns = List.of("train_loss", "valid_loss", "accuracy");
        assertEquals("Did you mean 'valid_loss'?", NearestName.hint("vaild_loss", columns));
        assertEquals("Did you mean 'accuracy'?", NearestName.hint("valid_accuracy", columns));
        assertEquals("There are: train_loss, valid_loss, accuracy.", NearestName.hint("f1", columns));
    }
}
