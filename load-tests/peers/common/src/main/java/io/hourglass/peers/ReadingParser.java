package io.hourglass.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Takes the wanted fields out of an event in one pass, without a tree of it, and stops when it has them. */
public final class ReadingParser {
  private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private ReadingParser() {}

  /** Fills the reading's time and value, and counts the event as read. */
  public static Reading parse(byte[] json, Reading into) {
    Notice.read();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("event: " + parser.currentToken() + " (expected: an object)");
      }
      fields(parser, into);
      return into;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fields(JsonParser parser, Reading into) throws IOException {
    var wanted = 2;
    for (var name = parser.nextFieldName(); wanted > 0; name = parser.nextFieldName()) {
      if (name == null) {
        throw new IllegalArgumentException("event: " + wanted + " fields missing (expected: ts, value)");
      }
      parser.nextToken();
      if (name.equals("ts")) {
        into.timestampMs = parser.getLongValue();
        wanted--;
      } else if (name.equals("value")) {
        into.value = parser.getDoubleValue();
        wanted--;
      } else {
        parser.skipChildren();
      }
    }
  }
}
