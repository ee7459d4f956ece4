package io.hourglass.benchmarks;

import io.hourglass.ingest.DirtyKeys;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an ingester notes of the keys in doubt: a key told, the oldest persisted and durable, the commit asked. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InDoubt {
  @Param({"1000", "100000"})
  private int keys;

  private final DirtyKeys dirty = new DirtyKeys(0, 0);
  private String[] names;
  private long offset;

  @Setup
  public void fill() {
    names = new String[keys];
    for (int i = 0; i < keys; i++) {
      names[i] = "sensor-" + i;
      dirty.sent(names[i], offset, offset, 0, 0);
      offset++;
    }
  }

  @Benchmark
  public DirtyKeys.Commit turn() {
    String key = names[(int) (offset % keys)];
    dirty.previous(key);
    dirty.sent(key, offset, offset, 0, 0);
    DirtyKeys.Due due = dirty.nextToPersist(0);
    dirty.durable(due.key(), due.last());
    dirty.moved(++offset, 0);
    return dirty.commit();
  }
}
