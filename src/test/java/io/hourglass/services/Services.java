package io.hourglass.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One Kafka and one Cassandra for all integration tests of a run.
 *
 * <p>Started together when a test first asks, on free ports, with data in {@code target/it-data}, emptied first;
 * stopped when the JVM ends. Tests keep out of each other's way by names of their own for topics and keyspaces. A test
 * that stops, kills or pauses a server leaves it running, or starts one for itself.
 */
public final class Services {
  private static final Path DATA = Checkout.path("target/it-data");
  private static Pair pair;

  private Services() {}

  public static KafkaBroker kafka() {
    return started().kafka();
  }

  public static CassandraServer cassandra() {
    return started().cassandra();
  }

  /** A node against these two, on free ports; not started. */
  public static NodeProcess node(String name) {
    return new NodeProcess(name, DATA).options("-XX:TieredStopAtLevel=1").services(kafka(), cassandra()).freePorts();
  }

  /** A directory below {@code target/it-data} for what a test leaves behind. */
  public static Path directory(String name) {
    return DATA.resolve(name);
  }

  /** Starts servers side by side; fails with the first failure, when all have come to an end. */
  public static void startTogether(Server... servers) {
    var starts = new CompletableFuture<?>[servers.length];
    for (var i = 0; i < servers.length; i++) {
      starts[i] = CompletableFuture.runAsync(servers[i]::start, task -> new Thread(task, "start").start());
    }
    try {
      CompletableFuture.allOf(starts).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ServerFailure failure ? failure : e;
    }
  }

  private static synchronized Pair started() {
    if (pair == null) {
      empty(DATA);
      pair = new Pair(
          new KafkaBroker(DATA.resolve("kafka"), Port.free()).progress(message -> say("Kafka", message)),
          new CassandraServer(DATA.resolve("cassandra"), Port.free()).withoutSync()
              .progress(message -> say("Cassandra", message)));
      Runtime.getRuntime().addShutdownHook(new Thread(pair::stop, "services-stop"));
      startTogether(pair.kafka(), pair.cassandra());
    }
    return pair;
  }

  private record Pair(KafkaBroker kafka, CassandraServer cassandra) {
    void stop() {
      kafka.stop();
      cassandra.stop();
    }
  }

  private static void say(String name, String message) {
    System.err.println(name + ": " + message);
  }

  /** Deletes a directory with all that is in it. */
  public static void empty(Path directory) {
    if (Files.exists(directory)) {
      try (var paths = Files.walk(directory)) {
        for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
