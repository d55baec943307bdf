package dev.rondo.checkpoint;

import dev.rondo.checkpoint.pickle.FileText;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text about the differences between saved tensors and a model: a line for each kind, with a readable number of names.
 *
 * @param suggestion a remark on an unknown name, such as " (did you mean 'a'?)", or ""
 */
record Differences(LoadReport report, UnaryOperator<String> suggestion) {
    private static final int LISTED = 10;

    /** How many of the model's tensors were loaded, or could be. */
    static String count(LoadReport report) {
        int loaded = report.loaded().size(),
                all = loaded + report.missing().size() + report.unfit().size();
        return loaded + " of the model's " + all + " tensors loaded";
    }

    /** A sentence, if there is only one difference. */
    String sentence() {
        if (!report.missing().isEmpty()) {
            return "The saved weights do not have "
                    + FileText.quoted(report.missing().get(0)) + ", which the model has.";
        }
        if (!report.unknown().isEmpty()) {
            return "The saved weights have " + FileText.quoted(report.unknown().get(0))
                    + ", which the model does not have.";
        }
        return report.unfit().get(0) + ".";
    }

    boolean single() {
        return report.missing().size()
                        + report.unknown().size()
                        + report.unfit().size()
                == 1;
    }

    /** The lines, each after a line break. */
    String lines() {
        return Stream.of(
                        line("missing in the file", report.missing(), FileText::quoted),
                        line(
                                "unknown to the model",
                                report.unknown(),
                                name -> FileText.quoted(name) + suggestion.apply(name)),
                        line("of another shape or type", report.unfit(), LoadReport.Unfit::toString))
                .collect(Collectors.joining());
    }

    private static <T> String line(String kind, List<T> all, Function<T, String> text) {
        if (all.isEmpty()) return "";
        String listed = all.stream().limit(LISTED).map(text).collect(Collectors.joining(", "));
        return "\n  " + kind + ": " + listed + (all.size() > LISTED ? " and " + (all.size() - LISTED) + " more" : "");
    }
}
