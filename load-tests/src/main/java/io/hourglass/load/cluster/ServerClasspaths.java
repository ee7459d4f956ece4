package io.hourglass.load.cluster;

import io.hourglass.services.ServerClasspath;
import java.util.stream.Stream;

/** Downloads what Kafka and Cassandra need, before the sandbox is closed: inside there is no network. */
public final class ServerClasspaths {
  private ServerClasspaths() {}

  public static void main(String[] arguments) {
    Stream.of("kafka", "cassandra").forEach(name -> new ServerClasspath(name).resolve(what -> Screen.say("%s: %s", name, what)));
  }
}
