package io.hourglass.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.alert.Alert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** The place of an alert in the list, as text that is safe in a URL. */
record AlertCursor(long startsAt, String pipeline, String rule, String key, long windowStart) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static AlertCursor of(Alert alert) {
    return new AlertCursor(alert.startsAt(), alert.pipeline(), alert.rule(), alert.key(), alert.windowStart());
  }

  String text() {
    try {
      Object[] parts = {startsAt, pipeline, rule, key, windowStart};
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @throws BadCursor if {@code text} is no cursor */
  static AlertCursor parse(String text) {
    try {
      Object[] parts = JSON.readValue(Base64.getUrlDecoder().decode(text), Object[].class);
      return new AlertCursor(((Number) parts[0]).longValue(), (String) parts[1], (String) parts[2], (String) parts[3],
          ((Number) parts[4]).longValue());
    } catch (IOException | RuntimeException e) {
      throw new BadCursor(text, e);
    }
  }
}
