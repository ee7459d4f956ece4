package io.hourglass.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.Aggregate;
import io.hourglass.window.Frequent;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowResult.MeasureResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/** The JSON of a {@link WindowJson} without an object for each of its parts: every window that closes is written so. */
public final class WindowBytes {
  private static final JsonFactory JSON = new JsonFactory();

  private WindowBytes() {}

  /** The JSON of a window of a key, in UTF-8. */
  public static byte[] of(Pipeline pipeline, String key, WindowResult window) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(500); JsonGenerator json = JSON.createGenerator(bytes)) {
      write(json, pipeline.name(), key, window);
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JsonGenerator json, String pipeline, String key, WindowResult window) throws IOException {
    json.writeStartObject();
    json.writeStringField("pipeline", pipeline);
    json.writeStringField("key", key);
    time(json, "start", Instant.ofEpochMilli(window.start()));
    time(json, "end", Instant.ofEpochMilli(window.end()));
    json.writeStringField("state", window.closed() ? "closed" : "open");
    json.writeStringField("closedBy", window.closedBy());
    json.writeNumberField("revision", window.revision());
    time(json, "watermark", Json.time(window.watermark()));
    json.writeNumberField("count", window.count());
    json.writeNumberField("late", window.late());
    json.writeObjectFieldStart("measures");
    for (Map.Entry<String, MeasureResult> measure : window.measures().entrySet()) {
      json.writeObjectFieldStart(measure.getKey());
      measure(json, measure.getValue());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, Instant time) throws IOException {
    json.writeStringField(name, time == null ? null : time.toString());
  }

  private static void measure(JsonGenerator json, MeasureResult measure) throws IOException {
    json.writeNumberField("count", measure.count());
    for (Map.Entry<String, Double> aggregate : measure.values().entrySet()) {
      double value = aggregate.getValue();
      json.writeFieldName(aggregate.getKey());
      if (!Double.isFinite(value)) {
        json.writeNull();
      } else if (aggregate.getKey().equals(Aggregate.DISTINCT.label())) {
        json.writeNumber(Math.round(value));
      } else {
        json.writeNumber(value);
      }
    }
    if (!measure.top().isEmpty()) {
      json.writeArrayFieldStart(Aggregate.TOP.label());
      for (Frequent each : measure.top()) {
        frequent(json, each);
      }
      json.writeEndArray();
    }
  }

  private static void frequent(JsonGenerator json, Frequent each) throws IOException {
    json.writeStartObject();
    json.writeStringField("value", each.value());
    json.writeNumberField("count", each.count());
    if (each.error() > 0) {
      json.writeNumberField("error", each.error());
    }
    json.writeEndObject();
  }
}
