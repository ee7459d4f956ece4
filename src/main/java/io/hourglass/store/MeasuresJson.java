package io.hourglass.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.window.WindowResult.MeasureResult;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A window's measures as stored: {@code {"bytes":{"count":3,"values":{"sum":6.0}}}}. */
final class MeasuresJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, MeasureResult>> MEASURES = new TypeReference<>() {};

  private MeasuresJson() {}

  static String write(Map<String, MeasureResult> measures) {
    try {
      return JSON.writeValueAsString(measures);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
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
