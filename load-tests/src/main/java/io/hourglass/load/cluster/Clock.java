package io.hourglass.load.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/** The wall clock of one node, which libfaketime (Debian: {@code faketime}) takes from a file; its monotonic clock stays. */
final class Clock {
  private static final Path LIBRARY = Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib")
      .map(directory -> Path.of(directory, "faketime", "libfaketimeMT.so.1")).filter(Files::exists).findFirst().orElse(null);

  private final Path file;

  Clock(Path file) {
    this.file = file;
    if (possible()) {
      shift(0);
    }
  }

  static boolean possible() {
    return LIBRARY != null;
  }

  /** Environment of the node. */
  Map<String, String> environment() {
    return possible() ? Map.of("LD_PRELOAD", LIBRARY.toString(), "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1", "DONT_FAKE_MONOTONIC", "1") : Map.of();
  }

  /** Takes effect within a second. */
  void shift(int seconds) {
    try {
      var fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), String.format("%+d%n", seconds));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
