package io.hourglass.load.cluster;

import io.hourglass.services.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** From an empty directory to the exit code, whatever happens in between: nothing is left running. */
final class Stage {
  private Stage() {}

  /** A test on a cluster of its own. */
  interface Play {
    Trio trio();

    /** Whether all was as required. */
    boolean passed() throws IOException;
  }

  static void run(Path data, Supplier<Play> plays) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Services.empty(data);
    Files.createDirectories(data);
    var play = plays.get();
    Runtime.getRuntime().addShutdownHook(new Thread(play.trio()::close, "stop"));
    var passed = false;
    try {
      passed = play.passed();
    } catch (RuntimeException | Error broken) {
      broken.printStackTrace();
    } finally {
      play.trio().close();
    }
    System.exit(passed ? 0 : 1);
  }

  static void report(Path file, String markdown) {
    System.out.print(markdown);
    try {
      Files.writeString(file, markdown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
