package io.hourglass.gatling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What became of the frames of a scenario: from Gatling's JVM, by a file, to the one that reports. */
final class Outcome {
  private static final String FILE = "frames.tsv";

  private final List<Figure> figures = new ArrayList<>();

  /** @param each how many frames each subscriber must get */
  Outcome add(String name, Frames frames, long each) {
    Delays delays = frames.delays();
    long missing = each * frames.subscribers() - frames.got();
    figures.add(new Figure(name, delays.count(), delays.percentile(50), delays.percentile(95), delays.percentile(99),
        delays.percentile(100), missing + frames.doubled(),
        "%,d subscribers, %,d frames missing, %,d doubled".formatted(frames.subscribers(), missing, frames.doubled())));
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
