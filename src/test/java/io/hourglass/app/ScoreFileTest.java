package io.hourglass.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFileTest {
  @TempDir Path directory;

  @Test
  void writesARowForEachRowWithItsTimestampAsItStood() throws Exception {
    List<String> lines = scored("timestamp,value\n2024-01-31 12:00:00,1.5\n2024-01-31T12:05:00Z,2\n1706702400,-3e2\n1706702700000,.5\n");
    assertEquals("timestamp,anomaly_score", lines.get(0));
    assertEquals(List.of("2024-01-31 12:00:00", "2024-01-31T12:05:00Z", "1706702400", "1706702700000"), times(lines));
    lines.stream().skip(1).mapToDouble(ScoreFileTest::score).forEach(score -> assertTrue(score >= 0 && score <= 1));
  }

  @Test
  void aSpikeIsScoredAboveAllElse() throws Exception {
    List<String> lines = scored(wave(1_000, 700, "900"));
    double spike = score(lines.get(701));
    assertTrue(spike > 0.5, () -> "spike: " + spike);
    for (int i = 1; i <= 700; i++) {
      assertTrue(score(lines.get(i)) < spike, lines.get(i));
    }
  }

  @Test
  void whatComesLaterChangesNoScore() throws Exception {
    List<String> whole = scored(wave(1_000, 700, "900"));
    List<String> half = scored(wave(500, 700, "900"));
    assertEquals(whole.subList(0, 501), half);
  }

  @Test
  void aRowWithoutAValueIsScoredZero() throws Exception {
    for (String none : List.of("", "NaN", "null")) {
      List<String> lines = scored(wave(800, 700, none));
      assertEquals(801, lines.size());
      assertEquals(0, score(lines.get(701)));
    }
  }

  @Test
  void aFileNeedsNoHeaderAndMayHaveCarriageReturnsEmptyLinesAndQuotes() throws Exception {
    List<String> lines = scored("2024-01-31 12:00:00,1\r\n\r\n\"2024-01-31 12:05:00\",\"2\"\r\n\r\n");
    assertEquals(List.of("2024-01-31 12:00:00", "2024-01-31 12:05:00"), times(lines));
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertEquals("line 3: value: abc (expected: a number)", fault("timestamp,value\n2024-01-31 12:00:00,1\n2024-01-31 12:05:00,abc\n"));
    assertEquals("line 2: value: Infinity (expected: a number)", fault("timestamp,value\n2024-01-31 12:00:00,Infinity\n"));
    assertEquals("line 2: columns: 3 (expected: 2, timestamp and value)", fault("timestamp,value\n2024-01-31 12:00:00,1,2\n"));
    assertEquals("line 1: columns: 1 (expected: 2, timestamp and value)", fault("2024-01-31 12:00:00\n"));
    assertEquals("line 2: timestamp: 2024-02-31 12:00:00 (expected: 2024-01-31 12:00:00, ISO-8601, or epoch seconds or milliseconds)",
        fault("timestamp,value\n2024-02-31 12:00:00,1\n"));
  }

  @Test
  void saysThatAFileIsNotThere() {
    Path missing = directory.resolve("missing.csv");
    assertEquals(missing + ": no such file", assertThrows(ScoreFile.BadFile.class, () -> ScoreFile.score(missing, System.out)).getMessage());
  }

  @Test
  void readsTimesInManyForms() {
    for (String noon : List.of("2024-01-31 12:00:00", "2024-01-31T12:00", "2024-01-31T12:00:00.000Z", "2024-01-31T13:00:00+01:00",
        "2024-01-31 13:00:00+0100", "1706702400", "1706702400000", "1706702400.0")) {
      assertEquals(OptionalLong.of(1_706_702_400_000L), SeriesTimes.parse(noon), noon);
    }
    assertEquals(OptionalLong.of(1_706_659_200_000L), SeriesTimes.parse("2024-01-31"));
    for (String none : List.of("", "noon", "2024-13-01 00:00:00", "12:00", "1e400")) {
      assertEquals(OptionalLong.empty(), SeriesTimes.parse(none), none);
    }
  }

  /** Five minutes a row, a day's wave with a grain to it, and {@code odd} instead of the value at row {@code at}. */
  private static String wave(int rows, int at, String odd) {
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < rows; i++) {
      double value = 100 + 20 * Math.sin(2 * Math.PI * i / 288) + i * 7_919 % 13;
      csv.append(1_706_702_400L + i * 300L).append(',').append(i == at ? odd : Double.toString(value)).append('\n');
    }
    return csv.toString();
  }

  private List<String> scored(String csv) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ScoreFile.score(file(csv), new PrintStream(out, false, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String fault(String csv) {
    Path file = file(csv);
    String message = assertThrows(ScoreFile.BadFile.class, () -> ScoreFile.score(file, new PrintStream(new ByteArrayOutputStream()))).getMessage();
    assertTrue(message.startsWith(file + " "), message);
    return message.substring(file.toString().length() + 1);
  }

  private Path file(String csv) {
    try {
      return Files.writeString(directory.resolve("series.csv"), csv);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static List<String> times(List<String> lines) {
    return lines.stream().skip(1).map(line -> line.substring(0, line.lastIndexOf(','))).toList();
  }

  private static double score(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
  }
}
