package io.hourglass.truth;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.services.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A sample stream and its truth: see {@code src/samples/README.md}. */
enum SampleStream {
  CLICKS("clickstream-nasa-19950801.ndjson.gz", "clickstream-nasa-19950801.truth-by-url.csv.gz"),
  SENSORS("iot-room-occupancy.ndjson.gz", "iot-room-occupancy.truth-by-sensor.csv.gz"),
  PAYMENTS("financial-online-retail-201012-201101.ndjson.gz", "financial-online-retail-201012-201101.truth-by-country.csv.gz");

  private static final ObjectMapper JSON = new ObjectMapper();
  private final String events;
  private final String truth;

  SampleStream(String events, String truth) {
    this.events = events;
    this.truth = truth;
  }

  /** A line of the stream and what is needed to send and to perturb it. */
  record Line(String key, long timestamp, double value, String text) {

    static Line of(String text) {
      try {
        var event = JSON.readTree(text);
        return new Line(event.get("key").asText(), java.time.Instant.parse(event.get("ts").asText()).toEpochMilli(),
            event.path("value").asDouble(Double.NaN), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  List<Line> lines() {
    return read(events).stream().map(Line::of).toList();
  }

  TruthFile truth() {
    return TruthFile.parse(read(truth));
  }

  private static List<String> read(String file) {
    try (var in = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(Checkout.path("src/samples").resolve(file))), StandardCharsets.UTF_8))) {
      return in.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
