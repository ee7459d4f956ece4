package io.hourglass.gatling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What came of a scenario: from Gatling's JVM, by a file, to the one that reports. */
final class Outcome {
  private static final String FILE = "figures.tsv";

  private final List<Figure> figures = new ArrayList<>();

  /** @param each how many frames each subscriber must get */
  Outcome add(String name, Frames frames, long each) {
    long missing = each * frames.wanted() - frames.got();
    return add(name, frames.delays(), missing + frames.doubled(), "%,d alerts, %,d of %,d subscribed, %,d frames missing, %,d doubled".formatted(
        frames.sent(), frames.subscribed(), frames.wanted(), missing, frames.doubled()));
  }

  /** @param failures that are not among the delays; @param remark in words, what else there is to say */
  Outcome add(String name, Delays delays, long failures, String remark) {
    figures.add(new Figure(name, delays.count(), delays.percentile(50), delays.percentile(95), delays.percentile(99),
        delays.percentile(100), failures, remark));
    return this;
  }

  void write() {
    try {
      Files.write(Path.of(System.getProperty("results"), FILE), figures.stream().map(Figure::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @param results the directory of a scenario's results */
  static List<Figure> read(Path results) throws IOException {
    return Files.readAllLines(results.resolve(FILE)).stream().map(Figure::parse).toList();
  }
}
