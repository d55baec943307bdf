package dev.rondo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The saved state of a series, which may come from a damaged file. */
@ExtendWith(InScope.class)
class SeriesTest {
    private final Series series = new Series();

    @Test
    void goesOn() {
        for (int rows : new int[] {0, 1, 3}) {
            Series before = new Series();
            for (int i = 0; i < rows; i++) before.add(Tensors.floats(i, -i));
            series.loadState(before.saveState());
            assertEquals(rows, series.rows());
            series.add(Tensors.floats(7, 8));
            assertEquals(rows + 1, series.column(1).length);
            assertEquals(8, series.value(rows, 1));
        }
    }

    private void refused(Tensor rows, String text) {
        Map<String, Object> state = new HashMap<>(Collections.singletonMap("rows", rows));
        Exception e = assertThrows(IllegalArgumentException.class, () -> series.loadState(state));
        assertEquals(
                "The rows of a series of numbers are a contiguous tensor [rows, columns] of float32 on the CPU, not "
                        + text + ".",
                e.getMessage());
        assertArrayEquals(new double[] {5}, series.column(0)); // nothing has changed
    }

    @Test
    void whatDoesNotFitIsRefused() {
        series.add(Tensors.floats(5).sum());
        refused(null, "null");
        refused(new Tensor(), "an undefined tensor");
        refused(torch.ones(3), "[3] float32");
        refused(torch.ones(3, 2).to(ScalarType.Double), "[3, 2] float64");
        refused(torch.ones(3, 2).t(), "[2, 3] float32");
        refused(torch.ones(1, 1).expand(70000, 70000), "[70000, 70000] float32");
        refused(torch.ones(0, 1).expand(0, 1L << 40), "[0, 1099511627776] float32");
        Exception e = assertThrows(IllegalArgumentException.class, () -> series.loadState(Map.of("columns", 3)));
        assertEquals("A series of numbers is saved as 'rows', not as [columns].", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> series.loadState(Map.of("rows", "many")));
        assertEquals(
                "The rows of a series of numbers are a contiguous tensor [rows, columns] of float32 on the CPU, not many.",
                e.getMessage());
    }
}
