package io.hourglass.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that people see all of it at once. */
final class Faults {
  private final Set<String> lines = new LinkedHashSet<>();

  /** @param value as it was written */
  void add(String path, String value, String expected) {
    lines.add(path + ": " + value + " (expected: " + expected + ")");
  }

  void missing(String path, String expected) {
    add(path, "missing", expected);
  }

  /** @throws BadSettings when there was any fault */
  void check() {
    if (!lines.isEmpty()) {
      throw new BadSettings(List.copyOf(lines));
    }
  }
}
