package dev.rondo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A text table. The columns are as wide as their cells; the first is left-aligned, the others are right-aligned. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        rows.add(List.of(head));
    }

    /**
     * Adds a row.
     *
     * @param cells texts, or numbers, which are printed with four digits
     */
    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) row.add(cell instanceof Double d ? number(d) : cell.toString());
        rows.add(row);
        return this;
    }

    /** Formats a number with four digits, or with all digits before the decimal point: 0.01234, 1.234, 123.4, 12345. */
    public static String number(double value) {
        if (Double.isNaN(value)) return "-";
        int before = value == 0 ? 1 : (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, 4 - before)) + "f", value);
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] width = new int[columns];
        for (List<String> row : rows)
            for (int c = 0; c < row.size(); c++)
                width[c] = Math.max(width[c], row.get(c).length());
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                String pad = " ".repeat(width[c] - row.get(c).length());
                line.append(c == 0 ? row.get(c) + pad : "  " + pad + row.get(c));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
