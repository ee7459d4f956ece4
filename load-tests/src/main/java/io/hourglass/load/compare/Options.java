package io.hourglass.load.compare;

import java.util.Arrays;
import java.util.List;

/**
 * What to compare, from system properties.
 *
 * @param engines in the order in which they run in every round
 * @param partitions of the events' topic, and of every output topic
 * @param rate events a second while the engine runs; 0: all are there before it starts
 * @param minutes how long events come at the rate
 * @param warmUp so many events read, and what is measured from there on is called warm
 */
record Options(List<String> engines, int rounds, int partitions, int rate, int minutes, long warmUp, Workload workload) {

  static Options fromSystemProperties() {
    var rate = atLeast(0, "rate", 0);
    var minutes = atLeast(1, "minutes", 5);
    var engines = rate > 0 ? "hourglass" : "raw,hourglass,streams-tuned,streams-default,flink";
    return new Options(engines(text("engines", engines)), atLeast(1, "rounds", rate > 0 ? 1 : 3), atLeast(1, "partitions", 8),
        rate, minutes, atLeast(1, "warm.up", 3_000_000), workload(rate, minutes));
  }

  /** At a rate, event time goes as fast as the clock unless told otherwise. */
  private static Workload workload(int rate, int minutes) {
    var events = rate > 0 ? Math.multiplyExact(60 * rate, minutes) : 20_000_000;
    return new Workload(atLeast(1, "events", events), atLeast(1, "keys", 10_000), skew(),
        atLeast(1, "per.hour", rate > 0 ? 3_600 * rate : 500_000), atLeast(0, "disorder", 30), late(), Long.getLong("seed", 1));
  }

  private static List<String> engines(String names) {
    var engines = Arrays.stream(names.split(",")).map(String::strip).toList();
    engines.stream().filter(name -> !Engines.NAMES.contains(name)).findFirst().ifPresent(name -> {
      throw wrong("engines", name, "some of " + String.join(",", Engines.NAMES));
    });
    return engines;
  }

  private static boolean skew() {
    var skew = text("skew", "zipf");
    if (!skew.equals("zipf") && !skew.equals("uniform")) {
      throw wrong("skew", skew, "zipf or uniform");
    }
    return skew.equals("zipf");
  }

  private static double late() {
    var late = Double.parseDouble(text("late", "0.001"));
    if (!(late >= 0 && late < 1)) {
      throw wrong("late", late, "0 <= late < 1");
    }
    return late;
  }

  /** JVM options by the name of a property. */
  static List<String> jvm(String name, String otherwise) {
    return List.of(text(name, otherwise).trim().split("\\s+"));
  }

  private static String text(String name, String otherwise) {
    return System.getProperty(name, otherwise);
  }

  private static int atLeast(int least, String name, int otherwise) {
    var value = Integer.parseInt(text(name, Integer.toString(otherwise)).replace("_", ""));
    if (value < least) {
      throw wrong(name, value, ">= " + least);
    }
    return value;
  }

  private static IllegalArgumentException wrong(String name, Object value, String expected) {
    return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
  }
}
