package io.hourglass.settings;

import java.util.List;

/** A configuration that cannot work: every fault, one line each, {@code path: value (expected: …)}. */
public final class BadSettings extends RuntimeException {
  private final List<String> faults;

  public BadSettings(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
