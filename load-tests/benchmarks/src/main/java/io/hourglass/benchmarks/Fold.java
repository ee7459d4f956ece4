package io.hourglass.benchmarks;

import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowsAdvanced;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Observations into a key's windows; then its delta into its state, as once in a while. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Fold {
  private static final int MESSAGE = 10;
  private static final int MESSAGES = 10;

  private final Samples samples = new Samples();
  private final KeyState state = new KeyState(Samples.KEYS);
  private final KeyWindows windows = new KeyWindows(Samples.KEYS, state);
  private List<List<Observation>> messages;

  @Setup(Level.Invocation)
  public void next() {
    messages = Stream.generate(() -> Stream.generate(samples::observation).limit(MESSAGE).toList()).limit(MESSAGES).toList();
  }

  /** A hundred observations in ten messages, and one event; the time of an observation. */
  @Benchmark
  @OperationsPerInvocation(MESSAGE * MESSAGES)
  public KeyWindows observations() {
    for (List<Observation> message : messages) {
      windows.observe(Samples.SOURCE, message, Watch.NONE);
    }
    WindowsAdvanced event = windows.event(true, 1);
    state.apply(event);
    windows.persisted();
    windows.closing().forEach(windows::published);
    return windows;
  }
}
