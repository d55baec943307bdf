package dev.rondo.processor.tests;

import dev.rondo.Learner;
import dev.rondo.LearnerBuilder;
import dev.rondo.data.Batch;
import dev.rondo.data.DataLoader;
import dev.rondo.data.DataLoaders;
import dev.rondo.loss.Losses;
import dev.rondo.nn.Linear;
import org.bytedeco.pytorch.global.torch;

/** Learners for which an epoch is one batch of training and one of validation. */
final class Learners {
    private Learners() {}

    static Learner with(Object... callbacks) {
        return given().callbacks(callbacks).build();
    }

    static LearnerBuilder given() {
        return Learner.builder(new DataLoaders(new OneBatch(), new OneBatch()), new Linear(2, 1), Losses.mse())
                .progress(false);
    }

    /** One batch of ones. */
    private static final class OneBatch implements DataLoader {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public Pass open(long epoch) {
            return new Pass() {
                private boolean done;

                @Override
                public Batch next() {
                    if (done) return null;
                    done = true;
                    return Batch.of(torch.ones(4, 2), torch.ones(4, 1));
                }

                @Override
                public void close() {}
            };
        }
    }
}
