package io.hourglass.services;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Programs beside Java and Maven that some tests need. Where one is not installed the test is skipped and says so;
 * with {@code HOURGLASS_CI=true} in the environment it fails.
 */
public final class Tool {
  private Tool() {}

  /** Where the program is; ends the test when it is not there. */
  public static Path required(String name) {
    return places().map(place -> Path.of(place, name)).filter(Files::isExecutable).findFirst()
        .orElseGet(() -> missing(name + ": not installed (expected: on the PATH)"));
  }

  private static Stream<String> places() {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/local/sbin"));
  }

  /** Ends the test: as a failure where all is expected to be there, else as skipped. */
  public static <T> T missing(String what) {
    return "true".equals(System.getenv("HOURGLASS_CI")) ? fail(what) : abort(what);
  }
}
