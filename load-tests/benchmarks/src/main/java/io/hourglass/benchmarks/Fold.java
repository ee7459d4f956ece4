package io.hourglass.benchmarks;

import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowsAdvanced;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** Observations into a key's windows; then its delta into its state, as once in a while. */
public class Fold extends Timed {
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
