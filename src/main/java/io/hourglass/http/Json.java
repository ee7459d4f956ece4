package io.hourglass.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.hourglass.window.Watermark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** JSON as it goes out: records by their components, times as ISO-8601 in UTC. */
final class Json {
  private static final ObjectMapper MAPPER = JsonMapper.builder().addModule(times()).build();

  private Json() {}

  private static SimpleModule times() {
    return new SimpleModule().addSerializer(Instant.class, new JsonSerializer<>() {
      @Override
      public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeString(value.toString());
      }
    });
  }

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** @param epochMs null or {@link Watermark#NONE}: none */
  static Instant time(Long epochMs) {
    return epochMs == null || epochMs == Watermark.NONE ? null : Instant.ofEpochMilli(epochMs);
  }
}
