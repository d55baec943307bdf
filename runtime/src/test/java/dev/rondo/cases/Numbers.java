package dev.rondo.cases;

import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.torch.Torch;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The data of the cases: batches of given sizes with inputs 1, 2, 3, …, each (N, 1), and targets 2x + 1 or none.
 *
 * @param claimed the number of batches that the loader reports
 */
record Numbers(List<Integer> sizes, boolean targets, int claimed) implements DataLoader {
    Numbers {
        Torch.start();
    }

    /** Batches of these sizes. */
    static Numbers of(Integer... sizes) {
        return new Numbers(List.of(sizes), true, sizes.length);
    }

    /** This number of batches of two. */
    static Numbers batches(int n) {
        return of(IntStream.range(0, n).mapToObj(i -> 2).toArray(Integer[]::new));
    }

    Numbers withoutTargets() {
        return new Numbers(sizes, false, claimed);
    }

    Numbers claiming(int size) {
        return new Numbers(sizes, targets, size);
    }

    @Override
    public int size() {
        return claimed;
    }

    @Override
    public Pass open(long epoch) {
        return new Pass() {
            private int drawn;
            private int first = 1;

            @Override
            public Batch next() {
                if (drawn == sizes.size()) return null;
                int n = sizes.get(drawn++);
                float[] x = new float[n], y = new float[n];
                for (int i = 0; i < n; i++) {
                    x[i] = first++;
                    y[i] = 2 * x[i] + 1;
                }
                Tensor inputs = column(x);
                return new Batch(List.of(inputs), targets ? List.of(column(y)) : List.of());
            }

            @Override
            public void close() {}
        };
    }

    /** A tensor of one column. */
    static Tensor column(float... values) {
        return torch.tensor(values).view(values.length, 1);
    }
}
