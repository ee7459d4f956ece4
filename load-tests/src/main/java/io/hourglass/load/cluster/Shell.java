package io.hourglass.load.cluster;

import io.hourglass.services.ServerFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Other programs. */
final class Shell {
  private Shell() {}

  /** Fails with what the program said when it does not end well. */
  static void run(Path directory, List<String> line) {
    try {
      var process = new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new ServerFailure(String.join(" ", line) + ": " + said);
      }
    } catch (IOException e) {
      throw new ServerFailure(String.join(" ", line), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }
}
