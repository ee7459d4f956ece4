package io.hourglass.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sample streams of {@code src/samples}, each replayed once to a topic and pipeline of the same name.
 *
 * <p>That a stream has been sent is remembered in a file beside the servers' data: the next start goes on with what is
 * there. A replay that was cut off goes on where it stopped.
 */
final class SampleStreams {
  static final int PARTITIONS = 4;
  private static final Map<String, String> FILES = new TreeMap<>(Map.of(
      "clicks", "clickstream-nasa-19950801.ndjson.gz",
      "sensors", "iot-room-occupancy.ndjson.gz",
      "payments", "financial-online-retail-201012-201101.ndjson.gz"));
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path marks;
  private final String bootstrap;
  private final NodeApi node;
  private final Screen screen;

  SampleStreams(Path data, String bootstrap, NodeApi node, Screen screen) {
    this.marks = data.resolve("replayed");
    this.bootstrap = bootstrap;
    this.node = node;
    this.screen = screen;
  }

  static String[] topics() {
    return FILES.keySet().toArray(String[]::new);
  }

  /** Replays what has not been replayed, and returns when the node has counted it. */
  void replay() {
    var streams = FILES.entrySet().stream().filter(entry -> !Files.exists(marks.resolve(entry.getKey())))
        .map(entry -> new Sample(entry.getKey(), Checkout.path("src/samples/" + entry.getValue()))).toList();
    if (streams.isEmpty()) {
      screen.say("The sample streams were replayed by an earlier run; their data is still here.");
    } else {
      run(streams);
    }
  }

  private void run(List<Sample> streams) {
    screen.say("Replaying the sample streams (a day of web clicks, three weeks of a room's sensors, two months of sales):");
    var failures = new ArrayList<RuntimeException>();
    var threads = streams.stream().map(stream -> stream.start(failures)).toList();
    var bars = screen.live(streams.stream().map(stream -> stream.bar).toList());
    try {
      follow(streams, threads, failures);
    } finally {
      bars.close();
    }
  }

  /** Until all is sent and counted, or the node does not get any further, or does not say. */
  private void follow(List<Sample> streams, List<Thread> threads, List<RuntimeException> failures) {
    var last = 0L;
    var movedAt = System.nanoTime();
    while (!streams.stream().allMatch(stream -> stream.bar.isCounted())) {
      Server.sleep(POLL);
      synchronized (failures) {
        if (!failures.isEmpty()) {
          throw failures.get(0);
        }
      }
      var now = streams.stream().mapToLong(Sample::follow).sum();
      if (now != last || threads.stream().anyMatch(Thread::isAlive)) {
        last = now;
        movedAt = System.nanoTime();
      } else if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
        screen.say("The node has not read on for %d s; its log may say why.", PATIENCE.toSeconds());
        return;
      }
    }
  }

  /** One stream on its way. */
  private final class Sample {
    private final String topic;
    private final Replay replay;
    private final ProgressBar bar;

    private Sample(String topic, Path file) {
      this.topic = topic;
      this.replay = new Replay(file, topic, bootstrap).goOn();
      this.bar = new ProgressBar(topic, replay.size());
      replay.progress(bar::sent);
    }

    private Thread start(List<RuntimeException> failures) {
      var thread = new Thread(() -> send(failures), "replay-" + topic);
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    private void send(List<RuntimeException> failures) {
      try {
        replay.send();
        mark();
      } catch (RuntimeException e) {
        synchronized (failures) {
          failures.add(e);
        }
      }
    }

    private void mark() {
      try {
        Files.createDirectories(marks);
        Files.writeString(marks.resolve(topic), "sent\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Brings the bar up to date; what it shows. */
    private long follow() {
      var position = node.position(topic).orElse(0);
      bar.counted(position);
      bar.report(screen);
      return position;
    }
  }
}
