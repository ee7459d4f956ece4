package io.hourglass.load.compare;

import java.util.List;

/** The engines by name. */
final class Engines {
  static final String HOURGLASS = "hourglass";
  static final List<String> NAMES = List.of("raw", HOURGLASS, "streams-tuned", "streams-default", "flink");

  private Engines() {}

  /**
   * An engine with a group, topics, a keyspace and a directory of its own.
   *
   * @param run unlike that of every other run
   * @param topic that it reads
   */
  static Engine create(String name, String run, Stage stage, String topic, int partitions) {
    if (name.equals(HOURGLASS)) {
      return new Node(run, stage, topic);
    }
    var module = name.split("-")[0];
    var mode = name.contains("-") ? name.split("-")[1] : "default";
    return new Peer(new PeerProgram(module, mode), run, stage.kafka(), topic, partitions);
  }
}
