package dev.rondo.processor.tests;

import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void smoke() {
        var c = Compiling.compile(Sources.of("""
@Callback(order = 10, runs = Phase.TRAIN) public class Foo {
  @On(Event.AFTER_LOSS) @Writes("lossGrad") Tensor penalize(Tensor lossGrad, Tensor pred) { return pred; }
  @On(value = {Event.BEFORE_STEP, Event.AFTER_STEP}, order = 20) void skip(int trainIter) throws CancelBatchException { }
  @On(Event.AFTER_FIT) void report(Learner learner) {}
  static class Bar extends Foo {
     @Override @On(value = Event.AFTER_FIT, order = 3) void report(Learner learner) {}
     @On(Event.BEFORE_FIT) void start() {}
  }
}"""));
        System.out.println(Compiling.summary(c));
        for (var f : c.generatedFiles())
            if (f.getName().endsWith("java") || f.getName().contains("META-INF"))
                System.out.println(f.getName() + "\n" + Compiling.text(f));
    }
}
