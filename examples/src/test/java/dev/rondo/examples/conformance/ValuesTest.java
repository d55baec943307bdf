package dev.rondo.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays cases whose numbers were computed with fastai, PyTorch and scikit-learn, and expects the same numbers. */
class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"values", "values_more"})
    void everyCaseGivesTheSameNumbers(String file) throws IOException {
        Fields expected =
                ConformanceTest.read(file + ".expected").object("values").orElseThrow();
        List<String> differences = new ArrayList<>();
        int cases = 0;
        for (Fields description : ConformanceTest.read(file).objects("cases")) {
            String id = description.text("id");
            difference(expected.list(id), ValueCases.play(description))
                    .ifPresent(difference -> differences.add(id + " " + description.text("name") + difference));
            cases++;
        }
        assertEquals(List.of(), differences);
        assertEquals(expected.map().size(), cases);
    }

    private static Optional<String> difference(List<?> expected, List<Object> observed) {
        if (expected.size() != observed.size()) {
            return Optional.of(": " + observed.size() + " numbers, not " + expected.size() + ": " + observed.get(0));
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!same(expected.get(i), observed.get(i))) {
                return Optional.of("[" + i + "]: expected " + expected.get(i) + ", observed " + observed.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean same(Object expected, Object observed) {
        if (!(expected instanceof Number e) || !(observed instanceof Number o)) return expected.equals(observed);
        return Math.abs(o.doubleValue() - e.doubleValue()) <= Math.max(1e-5, 1e-4 * Math.abs(e.doubleValue()));
    }
}
