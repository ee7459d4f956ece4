package io.hourglass.benchmarks;

import io.hourglass.event.Decoded;
import io.hourglass.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One record of a topic to one event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Decode {
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
