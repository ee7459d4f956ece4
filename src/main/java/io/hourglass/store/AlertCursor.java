package io.hourglass.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.alert.Alert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** The place of an alert in the list, as text that is safe in a URL. */
record AlertCursor(long startsAt, String episode) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static AlertCursor of(Alert alert) {
    return new AlertCursor(alert.startsAt(), alert.episode());
  }

  String text() {
    try {
      Object[] parts = {startsAt, episode};
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @throws BadCursor if {@code text} is no cursor */
  static AlertCursor parse(String text) {
    try {
      Object[] parts = JSON.readValue(Base64.getUrlDecoder().decode(text), Object[].class);
      return new AlertCursor(((Number) parts[0]).longValue(), (String) parts[1]);
    } catch (IOException | RuntimeException e) {
      throw new BadCursor(text, e);
    }
  }
}
