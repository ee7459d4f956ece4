package io.hourglass.truth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A nastier arrival of a stream: every event up to some seconds later than its neighbours, and malformed
 * lines between. Event times and values stay, so the truth still holds.
 *
 * @param lines in the order of arrival, malformed ones included
 * @param malformed how many of them are malformed
 */
record Perturbed(List<SampleStream.Line> lines, int malformed) {

  private record Arrival(double at, SampleStream.Line line) {}

  /** @param badRate share of extra malformed lines: truncated, no timestamp, text for a number (also 1 MB of it), empty */
  static Perturbed of(List<SampleStream.Line> lines, long disorderMs, double badRate, long seed) {
    Random random = new Random(seed);
    List<Arrival> arrivals = new ArrayList<>();
    int bad = 0;
    for (SampleStream.Line line : lines) {
      arrivals.add(new Arrival(line.timestamp() + random.nextDouble() * disorderMs, line));
      if (random.nextDouble() < badRate) {
        arrivals.add(new Arrival(line.timestamp(), new SampleStream.Line(line.key(), line.timestamp(), line.value(), malformed(line.text(), bad++))));
      }
    }
    arrivals.sort(Comparator.comparingDouble(Arrival::at));
    return new Perturbed(arrivals.stream().map(Arrival::line).toList(), bad);
  }

  private static String malformed(String text, int which) {
    return switch (which % 5) {
      case 0 -> text.substring(0, text.length() / 2);
      case 1 -> text.replaceFirst("\"ts\":\"[^\"]*\",", "");
      case 2 -> text.replaceFirst("\"value\":[^,]*,", "\"value\":\"NaN?\",");
      case 3 -> text.replaceFirst("\"value\":[^,]*,", "\"value\":\"" + "x".repeat(1_000_000) + "\",");
      default -> "";
    };
  }
}
