package io.hourglass.benchmarks;

import io.hourglass.ingest.DirtyKeys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What an ingester notes of the keys in doubt: a key told, the oldest persisted and durable, the commit asked. */
public class InDoubt extends Timed {
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
