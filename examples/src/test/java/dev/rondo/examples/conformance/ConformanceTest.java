package dev.rondo.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs scenarios whose results were recorded with fastai, and expects the same results. */
class ConformanceTest {
    @ParameterizedTest
    @ValueSource(strings = {"matrix", "loop", "callbacks"})
    void everyScenarioComesOutAsOnFastai(String file) throws IOException {
        Fields expected = read(file + ".expected").object("results").orElseThrow();
        List<String> differences = new ArrayList<>();
        int scenarios = 0;
        for (Fields scenario : read(file).objects("scenarios")) {
            String id = scenario.text("id");
            try (ScenarioRunner runner = new ScenarioRunner(scenario)) {
                Object observed = JSON.std.anyFrom(JSON.std.asString(runner.run()));
                difference(expected.map().get(id), observed, id, false).ifPresent(differences::add);
            }
            scenarios++;
        }
        assertEquals(List.of(), differences);
        assertEquals(expected.map().size(), scenarios);
    }

    static Fields read(String file) throws IOException {
        try (InputStream in =
                new GZIPInputStream(ConformanceTest.class.getResourceAsStream("/conformance/" + file + ".json.gz"))) {
            return Fields.of(JSON.std.mapFrom(in));
        }
    }

    /** Returns the first difference. Numbers have a tolerance of 1e-4 relative or 1e-5 absolute. In attributes, an expected null matches any value. */
    private static Optional<String> difference(Object expected, Object observed, String path, boolean nullIsAnything) {
        if (expected == null)
            return nullIsAnything || observed == null ? Optional.empty() : differ(path, null, observed);
        if (expected instanceof Number e) {
            return observed instanceof Number o && close(e.doubleValue(), o.doubleValue())
                    ? Optional.empty()
                    : differ(path, e, observed);
        }
        if (expected instanceof List<?> e) {
            if (!(observed instanceof List<?> o) || o.size() != e.size()) return differ(path, expected, observed);
            for (int i = 0; i < e.size(); i++) {
                boolean snapshot = path.contains(".trace[") && i == 1;
                Optional<String> difference =
                        difference(e.get(i), o.get(i), path + "[" + i + "]", nullIsAnything || snapshot);
                if (difference.isPresent()) return difference;
            }
            return Optional.empty();
        }
        if (expected instanceof Map<?, ?> e) {
            if (!(observed instanceof Map<?, ?> o)) return differ(path, expected, observed);
            for (Object key : e.keySet()) {
                Optional<String> difference =
                        difference(e.get(key), o.get(key), path + "." + key, nullIsAnything || key.equals("state"));
                if (difference.isPresent()) return difference;
            }
            for (Object key : o.keySet()) {
                if (!e.containsKey(key) && o.get(key) != null) return differ(path + "." + key, null, o.get(key));
            }
            return Optional.empty();
        }
        return expected.equals(observed) ? Optional.empty() : differ(path, expected, observed);
    }

    private static boolean close(double a, double b) {
        return a == b || Math.abs(a - b) <= Math.max(1e-4 * Math.max(Math.abs(a), Math.abs(b)), 1e-5);
    }

    private static Optional<String> differ(String path, Object expected, Object observed) {
        return Optional.of(path + ": expected " + expected + ", observed " + observed);
    }
}
