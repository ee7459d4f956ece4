package io.hourglass.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * What the cluster knows a node's program by: {@code 0.1.0+7-SNAPSHOT} is 0.1.0-SNAPSHOT in rollout 7, {@code
 * 0.1.0+8-release} is 0.1.0 in rollout 8. Of two the newer version is the greater one, then the later rollout, then
 * the release; {@code akka.util.Version} orders them so.
 */
final class AppVersion {
  private static final String RELEASE = "release";

  private AppVersion() {}

  /** Of the program that runs. */
  static String of(int rollout) {
    return of(artifact(), rollout);
  }

  /** @param artifact the artifact's version: {@code 0.1.0}, {@code 0.1.0-SNAPSHOT} */
  static String of(String artifact, int rollout) {
    String[] parts = artifact.split("-", 2);
    return parts[0] + "+" + rollout + "-" + (parts.length == 1 ? RELEASE : parts[1]);
  }

  private static String artifact() {
    try (InputStream in = AppVersion.class.getResourceAsStream("/release.properties")) {
      Properties release = new Properties();
      release.load(in);
      return release.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
