package io.hourglass.peers;

import java.nio.file.Path;

/**
 * What a peer is told, by system properties of the same names.
 *
 * @param bootstrap Kafka's address
 * @param topic that it reads
 * @param group its consumer group; also its application id, where there is one
 * @param output topic that it writes results to
 * @param work an empty directory of its own; a file {@code drain} in it asks for the rest of the results
 * @param mode a way to set the engine up
 * @param threads that process events
 */
public record Settings(String bootstrap, String topic, String group, String output, Path work, String mode, int threads) {

  public static Settings fromSystemProperties() {
    return new Settings(text("bootstrap"), text("topic"), text("group"), text("output"), Path.of(text("work")), text("mode"),
        Integer.getInteger("threads", 2));
  }

  private static String text(String name) {
    var value = System.getProperty(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + ": \"\" (expected: -D" + name + "=…)");
    }
    return value;
  }
}
