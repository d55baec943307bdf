package dev.rondo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.rondo.metric.ConfusionMatrix.Confusion;
import dev.rondo.torch.InScope;
import dev.rondo.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class ConfusionMatrixTest {
    private static ConfusionMatrix matrix(long... predicted) {
        return ConfusionMatrix.of(torch.one_hot(Tensors.longs(predicted), 3), Tensors.longs(0, 0, 0, 1, 1, 2));
    }

    private final ConfusionMatrix matrix = matrix(0, 1, 1, 1, 2, 2);

    @Test
    void countsByActualAndPredictedClass() {
        assertEquals(2, matrix.count(0, 1));
        assertEquals(0, matrix.count(1, 0));
        assertEquals(3, matrix.actual(0));
        assertEquals(1, matrix.predicted(0));
        assertEquals(1, matrix.hits(0));
        assertEquals(3, matrix.hits());
        assertEquals(6, matrix.samples());
    }

    @Test
    void printsAsATable() {
        assertEquals("""
                actual \\ predicted  0  1  2
                0                   1  2  0
                1                   0  1  1
                2                   0  0  1""", matrix.toString());
        assertEquals("""
                actual \\ predicted  cat  dog  bird
                cat                   1    2     0
                dog                   0    1     1
                bird                  0    0     1""", matrix.withNames("cat", "dog", "bird").toString());
    }

    @Test
    void theMostFrequentConfusionsFirst() {
        ConfusionMatrix named = matrix.withNames("cat", "dog", "bird");
        assertEquals(List.of(new Confusion("cat", "dog", 2), new Confusion("dog", "bird", 1)), named.mostConfused(1));
        assertEquals(List.of(new Confusion("cat", "dog", 2)), named.mostConfused(2));
    }

    @Test
    void isEqualToOneOfTheSameCountsAndNames() {
        assertEquals(matrix, matrix(1, 0, 1, 2, 1, 2));
        assertEquals(matrix.hashCode(), matrix(1, 0, 1, 2, 1, 2).hashCode());
        assertNotEquals(matrix, matrix(0, 0, 1, 1, 2, 2));
        assertNotEquals(matrix, matrix.withNames("a", "b", "c"));
    }
}
