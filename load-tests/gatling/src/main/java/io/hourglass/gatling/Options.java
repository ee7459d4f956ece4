package io.hourglass.gatling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What to measure, from system properties of the same names; one that is empty has its default.
 *
 * @param only the scenarios to run, in this order ({@code -Donly=hot,cold})
 * @param rate events a second beside each scenario
 * @param seconds that reads and alerts are measured for
 * @param warmup seconds of the same load before that, not measured
 * @param keys of the pipeline that the events go to, all of them in memory
 * @param subscribers to one key each, during the burst
 * @param fullSubscribers to every alert, during the burst ({@code -Dfull.subscribers})
 * @param bars whether a figure beyond its bar fails the command
 * @param nodeOptions JVM options of the node ({@code -Dnode.options}), its settings too
 */
record Options(List<Trial> only, int rate, int seconds, int warmup, int keys, int subscribers, int fullSubscribers, boolean bars,
    List<String> nodeOptions) {
  private static final List<String> NAMES =
      List.of("only", "rate", "seconds", "warmup", "keys", "subscribers", "full.subscribers", "bars", "node.options");

  Options {
    int needed = SpikeKeys.needed(seconds, warmup);
    if (keys < needed) {
      throw new IllegalArgumentException("keys: " + keys + " (expected: >= " + needed + ", a key fires once an hour)");
    }
  }

  static Options read() {
    return new Options(trials(text("only", "hot,cold,alerts,burst")), positive("rate", 20_000), positive("seconds", 60), positive("warmup", 30),
        positive("keys", 10_000), positive("subscribers", 5_000), positive("full.subscribers", 50), bars(text("bars", "on")),
        List.of(text("node.options", "-Xmx2g").trim().split("\\s+")));
  }

  /** The same again, for another JVM. */
  static List<String> asJvmOptions() {
    List<String> options = new ArrayList<>();
    NAMES.forEach(name -> options.add("-D" + name + "=" + text(name, "")));
    return options;
  }

  private static List<Trial> trials(String names) {
    return Arrays.stream(names.split(",")).map(String::strip).map(Trial::named).toList();
  }

  private static boolean bars(String text) {
    if (!List.of("on", "off").contains(text)) {
      throw new IllegalArgumentException("bars: " + text + " (expected: on or off)");
    }
    return text.equals("on");
  }

  private static String text(String name, String otherwise) {
    String given = System.getProperty(name, "");
    return given.isBlank() ? otherwise : given;
  }

  private static int positive(String name, int otherwise) {
    String text = text(name, Integer.toString(otherwise)).replace("_", "");
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(name + ": " + text + " (expected: a whole number, >= 1)");
    }
    return Integer.parseInt(text);
  }
}
