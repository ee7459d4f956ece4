package io.hourglass.load;

import java.util.List;

/**
 * What to measure, from system properties of the same names.
 *
 * @param scenario {@code steady}: many events of few keys; {@code new-keys}: every event has a key never seen before
 * @param hours of event time, which the events are spread over evenly
 * @param skew 1: all keys alike; 2, 3 …: the first keys get more, a key's share falls as a power law
 * @param sketches whether quantiles and distinct texts are counted too, not only count, sum, min, max, stddev and last
 * @param rule whether a rule is checked at every event (it never fires)
 * @param nodeOptions JVM options of the node, and its settings as {@code -Dhourglass.…}
 */
record Options(Scenario scenario, int events, int keys, int partitions, int hours, double skew, long seed, int runs,
    boolean sketches, boolean rule, List<String> nodeOptions) {

  enum Scenario { STEADY, NEW_KEYS }

  static Options fromSystemProperties() {
    var scenario = Scenario.valueOf(text("scenario", "steady").toUpperCase().replace('-', '_'));
    var newKeys = scenario == Scenario.NEW_KEYS;
    var events = positive("events", newKeys ? 100_000 : 3_000_000);
    return new Options(scenario, events, newKeys ? events : positive("keys", 10_000), positive("partitions", 4),
        positive("hours", newKeys ? 1 : 6), Double.parseDouble(text("skew", "1")), Long.parseLong(text("seed", "1")),
        positive("runs", 1), Boolean.parseBoolean(text("sketches", "true")), Boolean.parseBoolean(text("rule", "false")),
        List.of(text("node.options", "-Xmx1g").trim().split("\\s+")));
  }

  private static String text(String name, String otherwise) {
    return System.getProperty(name, otherwise);
  }

  private static int positive(String name, int otherwise) {
    var value = Integer.parseInt(text(name, Integer.toString(otherwise)).replace("_", ""));
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
    return value;
  }
}
