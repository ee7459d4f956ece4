package io.hourglass.load.compare;

import io.hourglass.services.JvmCommand;
import io.hourglass.services.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A peer in a JVM of its own; ready when it has read its first event. */
final class PeerProcess extends Server {
  private static final String READ = "read ";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final PeerProgram program;
  private final Map<String, String> properties;

  PeerProcess(PeerProgram program, Path directory, Map<String, String> properties) {
    super(program.module(), directory);
    this.program = program;
    this.properties = properties;
  }

  @Override
  protected JvmCommand command() {
    return program.command().options(properties.entrySet().stream().map(each -> "-D" + each.getKey() + "=" + each.getValue()).toList());
  }

  @Override
  protected boolean ready() {
    return said("reading");
  }

  /** Whether it has printed that line. */
  boolean said(String line) {
    return log().lines().contains(line);
  }

  /** Events read, as it said last. */
  long read() {
    return log().lines().stream().filter(line -> line.startsWith(READ)).reduce((one, next) -> next)
        .map(line -> Long.parseLong(line.substring(READ.length()))).orElse(0L);
  }

  @Override
  protected Duration startTimeout() {
    return PATIENCE;
  }

  @Override
  protected Duration stopTimeout() {
    return PATIENCE;
  }
}
