package valid.bodies;

import dev.rondo.Learner;
import dev.rondo.Undo;
import dev.rondo.annotation.On;
import dev.rondo.event.CancelBatchException;
import dev.rondo.event.CancelException;
import dev.rondo.event.CancelFitException;
import dev.rondo.event.Event;
import dev.rondo.event.Scope;
import dev.rondo.torch.NoGrad;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Catches that let a cancel through, or mean to catch it; and results that are closed. */
@SuppressWarnings("try")
class Rethrowing {
    static class Throws {
        private final List<Exception> failures = new ArrayList<>();
        private int tries;

        private void work(int n) throws CancelFitException {
            if (n > 3) throw CancelFitException.INSTANCE;
        }

        private static void any(int n) throws CancelException {
            if (n > 3) throw CancelBatchException.INSTANCE;
        }

        @On(Event.AFTER_BATCH)
        void through(int iter) throws CancelFitException {
            try {
                work(iter);
            } finally {
                tries++;
            }
        }

        @On(Event.AFTER_BATCH)
        void ofItsOwnType(int iter) {
            try {
                any(iter);
            } catch (CancelException onPurpose) {
                tries++;
            }
        }

        @On(Event.AFTER_BATCH)
        void before(int iter) throws CancelFitException {
            try {
                work(iter);
            } catch (CancelFitException e) {
                throw e;
            } catch (Exception e) {
                tries++;
            }
        }

        @On(Event.AFTER_BATCH)
        void byAnotherName(int iter) throws CancelFitException {
            try {
                work(iter);
            } catch (Exception e) {
                Exception first = e;
                tries++;
                if (first instanceof CancelFitException cancel) throw cancel;
            }
        }

        @On(Event.AFTER_BATCH)
        void chosen(int iter) throws CancelFitException {
            try {
                work(iter);
            } catch (Exception e) {
                throw e instanceof CancelFitException cancel ? cancel : CancelFitException.INSTANCE;
            }
        }

        @On(Event.AFTER_BATCH)
        void later(int iter) {
            for (int i = 0; i < 3; i++) {
                try {
                    work(iter + i);
                } catch (Exception e) {
                    failures.add(e);
                }
            }
            Optional<Exception> failed = attempt(iter);
            if (failed.isPresent() && failed.get() instanceof CancelFitException) tries++;
        }

        private Optional<Exception> attempt(int n) {
            try {
                work(n);
                return Optional.empty();
            } catch (Exception e) {
                return Optional.of(e);
            }
        }

        @On(Event.AFTER_BATCH)
        void inAFuture(int iter) {
            CompletableFuture<Void> result = new CompletableFuture<>();
            try {
                work(iter);
                result.complete(null);
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        }

        @On(Event.AFTER_BATCH)
        void suppressed(int iter) throws CancelFitException {
            CancelFitException first = null;
            try {
                work(iter);
            } catch (CancelFitException e) {
                first = e;
            } finally {
                tries++;
            }
            if (first != null) throw first;
        }

        @On(Event.AFTER_BATCH)
        void nested(int iter) {
            try {
                try {
                    work(iter);
                } catch (CancelFitException inner) {
                    tries++;
                }
            } catch (Exception e) {
                tries--;
            }
        }
    }

    static class Closes {
        @On(Event.BEFORE_VALIDATE)
        void validate(Learner learner) {
            try (Undo quiet = learner.noLogging();
                    var off = NoGrad.enter()) {
                learner.validate();
            }
            learner.until(Scope.VALIDATE, learner.noLogging());
            Undo chosen = learner.epoch() > 1 ? learner.noLogging() : learner.context();
            chosen.close();
            switch (learner.epoch()) {
                case 0 -> learner.noLogging().close();
                default -> chosen.close();
            }
            Undo kept;
            kept = learner.noLogging();
            closing(kept);
        }

        private static void closing(Undo undo) {
            undo.close();
        }
    }
}
