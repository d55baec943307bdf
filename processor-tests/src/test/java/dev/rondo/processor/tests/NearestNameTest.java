package dev.rondo.processor.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rondo.processor.model.NearestName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "loss, loss, 0",
        "los, loss, 1",
        "losss, loss, 1",
        "lass, loss, 1",
        "epcoh, epoch, 1",
        "peoch, epoch, 1",
        "epohc, epoch, 1",
        "peohc, epoch, 2",
        "ca, abc, 3", // a swapped pair is not split by later steps
        "'', loss, 4",
        "loss, '', 4",
    })
    void stepsBetweenNames(String one, String other, int steps) {
        assertEquals(steps, NearestName.distance(one, other));
        assertEquals(steps, NearestName.distance(other, one));
    }

    @Test
    void theNearestNameWithinAThirdOfTheLetters() {
        List<String> names = List.of("epoch", "loss", "pctTrain", "x");
        assertEquals(Optional.of("epoch"), NearestName.of("epcoh", names));
        assertEquals(Optional.of("pctTrain"), NearestName.of("pctTrian", names));
        assertEquals(Optional.of("pctTrain"), NearestName.of("PCT_TRAIN", names));
        assertEquals(Optional.empty(), NearestName.of("peohc", names));
        assertEquals(Optional.empty(), NearestName.of("y", names));
    }

    @Test
    void aHintNamesTheNearestOrAllNames() {
        assertEquals("Did you mean 'epoch'?", NearestName.hint("epcoh", List.of("epoch", "loss")));
        assertEquals("There are: epoch, loss.", NearestName.hint("learningRate", List.of("epoch", "loss")));
    }
}
