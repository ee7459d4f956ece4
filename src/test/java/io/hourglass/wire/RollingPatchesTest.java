package io.hourglass.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hourglass.services.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema change that the rolling upgrade test makes still fits these sources. */
class RollingPatchesTest {
  @ParameterizedTest
  @ValueSource(strings = {"step-1", "step-2"})
  void stillApplies(String step) throws IOException, InterruptedException {
    assumeTrue("true".equals(System.getenv("HOURGLASS_CI")) || git("--version").isEmpty(), "git is not here");
    assertEquals("", git("apply", "--check", "load-tests/rolling/" + step + ".patch"));
  }

  /** What it said, if it failed. */
  private static String git(String... arguments) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("git"));
    line.addAll(List.of(arguments));
    try {
      var process = new ProcessBuilder(line).directory(Checkout.path("").toFile()).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : said + " (exit code " + process.exitValue() + ")";
    } catch (IOException noGit) {
      return noGit.getMessage();
    }
  }
}
