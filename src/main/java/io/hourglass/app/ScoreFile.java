package io.hourglass.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.hourglass.anomaly.Detector;
import io.hourglass.anomaly.SeriesDetector;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code score FILE}: a CSV of {@code timestamp,value} in, {@code timestamp,anomaly_score} out, a row for each row, in
 * the order of the file, each score from the rows up to its own. The timestamp is written as it was read. A value that
 * is empty, {@code NaN} or {@code null} is none: its row is scored 0 and not learnt from. Anything else that is not a
 * time and a number ends it.
 */
final class ScoreFile {

  /** What is wrong with a file, and where. */
  static final class BadFile extends Exception {
    BadFile(String message) {
      super(message);
    }
  }

  private static final List<String> HEADER = List.of("timestamp", "value");

  private final Path file;
  private final Detector detector = new SeriesDetector();

  private ScoreFile(Path file) {
    this.file = file;
  }

  static void score(Path file, PrintStream out) throws BadFile {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      new ScoreFile(file).score(in, out);
    } catch (NoSuchFileException missing) {
      throw new BadFile(file + ": no such file");
    } catch (IOException failure) {
      throw new BadFile(file + ": " + failure.getMessage());
    }
  }

  private void score(InputStream in, PrintStream out) throws IOException, BadFile {
    CsvFactory format = CsvFactory.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();
    out.print("timestamp,anomaly_score\n");
    try (CsvParser rows = format.createParser(in)) {
      boolean first = true;
      while (more(rows)) {
        List<String> row = new ArrayList<>(2);
        int line = row(rows, row);
        if (!first || !row.equals(HEADER)) {
          out.print(line(row, line));
        }
        first = false;
      }
    } finally {
      out.flush();
    }
  }

  private boolean more(CsvParser rows) throws IOException, BadFile {
    try {
      return rows.nextToken() != null;
    } catch (JsonProcessingException wrong) {
      throw bad(rows.currentLocation().getLineNr(), "row: " + wrong.getOriginalMessage() + " (expected: CSV)");
    }
  }

  /** Reads the fields of a row; the line where it begins. */
  private int row(CsvParser rows, List<String> fields) throws IOException, BadFile {
    int line = rows.currentLocation().getLineNr();
    while (more(rows) && rows.currentToken() != JsonToken.END_ARRAY) {
      line = fields.isEmpty() ? rows.currentTokenLocation().getLineNr() : line;
      fields.add(rows.getText());
    }
    return line;
  }

  private String line(List<String> row, int line) throws BadFile {
    if (row.size() != 2) {
      throw bad(line, "columns: " + row.size() + " (expected: 2, timestamp and value)");
    }
    OptionalLong time = SeriesTimes.parse(row.get(0).strip());
    if (time.isEmpty()) {
      throw bad(line, "timestamp: " + row.get(0) + " (expected: 2024-01-31 12:00:00, ISO-8601, or epoch seconds or milliseconds)");
    }
    double score = detector.next(time.getAsLong(), value(row.get(1).strip(), line)).anomaly();
    return quoted(row.get(0)) + ',' + score + '\n';
  }

  private double value(String text, int line) throws BadFile {
    if (text.isEmpty() || text.equalsIgnoreCase("nan") || text.equalsIgnoreCase("null")) {
      return Double.NaN;
    }
    if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      throw bad(line, "value: " + text + " (expected: a number)");
    }
    return Double.parseDouble(text);
  }

  private BadFile bad(int line, String what) {
    return new BadFile(file + " line " + line + ": " + what);
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Standard output, buffered, in UTF-8. */
  static PrintStream standardOutput() {
    return new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false, StandardCharsets.UTF_8);
  }
}
