package io.hourglass.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.window.WindowResult.MeasureResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A window's measures as stored: {@code {"bytes":{"count":3,"values":{"sum":6.0},"top":[{"value":"/","count":2,"error":0}]}}}. */
final class MeasuresJson {
  private static final int LIKELY_SIZE = 300;
  /** What a later release adds is passed over, as long as nodes of both run. */
  private static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final TypeReference<LinkedHashMap<String, MeasureResult>> MEASURES = new TypeReference<>() {};

  private MeasuresJson() {}

  /** Without an object for each part: every window that closes is written so. */
  static String write(Map<String, MeasureResult> measures) {
    StringWriter text = new StringWriter(LIKELY_SIZE);
    try (JsonGenerator json = JSON.getFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, MeasureResult> each : measures.entrySet()) {
        json.writeFieldName(each.getKey());
        write(json, each.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, MeasureResult measure) throws IOException {
    json.writeStartObject();
    json.writeNumberField("count", measure.count());
    json.writeObjectFieldStart("values");
    for (Map.Entry<String, Double> value : measure.values().entrySet()) {
      json.writeNumberField(value.getKey(), value.getValue());
    }
    json.writeEndObject();
    if (!measure.top().isEmpty()) {
      json.writePOJOField("top", measure.top());
    }
    json.writeEndObject();
  }

  /** @param text null: none */
  static Map<String, MeasureResult> read(String text) {
    if (text == null) {
      return Map.of();
    }
    try {
      return JSON.readValue(text, MEASURES);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
