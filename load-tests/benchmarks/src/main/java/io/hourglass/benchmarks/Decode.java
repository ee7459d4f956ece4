package io.hourglass.benchmarks;

import io.hourglass.event.Decoded;
import io.hourglass.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** One record of a topic to one event. */
public class Decode extends Timed {
  private static final int RECORDS = 1_024;

  private final EventDecoder decoder = new EventDecoder(Optional.empty(), Optional.of("ts"), List.of(Samples.PLAIN), Duration.ofDays(100_000));
  private final byte[][] keys = new byte[RECORDS][];
  private final byte[][] values = new byte[RECORDS][];
  private int next;

  @Setup
  public void fill() {
    Samples samples = new Samples();
    for (int i = 0; i < RECORDS; i++) {
      keys[i] = samples.key(10_000).getBytes(StandardCharsets.UTF_8);
      values[i] = samples.json();
    }
  }

  @Benchmark
  public Decoded json() {
    next = (next + 1) % RECORDS;
    return decoder.decode(keys[next], values[next], 0, next, System.currentTimeMillis());
  }
}
