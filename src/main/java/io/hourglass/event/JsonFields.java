package io.hourglass.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.hourglass.event.Values.Kind;
import java.io.IOException;

/**
 * Reads the wanted fields of a JSON event in one pass, without a tree of the event.
 *
 * <p>A record is exactly one object. A field that stands there twice has its last value, as with most
 * JSON libraries. NaN and Infinity, which are no JSON but are written by some, are refused only where the
 * field is wanted. Arrays are not looked into.
 */
final class JsonFields implements Fields {
  /** Objects and arrays within each other, at most. */
  static final int MAX_DEPTH = 64;

  /** Beyond every record: how long a name, a number or a text may be is left to Kafka. */
  private static final int MAX_LENGTH = 1 << 30;

  /**
   * Names are not interned and their hash collisions not an error: they come from outside, and without
   * end.
   */
  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNameLength(MAX_LENGTH).maxNumberLength(MAX_LENGTH).maxStringLength(MAX_LENGTH).build())
      .build();

  private final Field.Tree wanted;

  JsonFields(Field.Tree wanted) {
    this.wanted = wanted;
  }

  @Override
  public Values read(byte[] json) throws Refused {
    Values values = new Values(wanted.slots());
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Refused(Reason.NOT_JSON, "found " + parser.currentToken() + " (expected: an object)");
      }
      object(parser, wanted.root, values);
      if (parser.nextToken() != null) {
        throw new Refused(Reason.NOT_JSON, "found more after the object (expected: one object)");
      }
      return values;
    } catch (IOException wrong) {
      throw new Refused(Reason.NOT_JSON, message(wrong));
    }
  }

  private static void object(JsonParser parser, Field object, Values values) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Field field = object.child(name);
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else {
        field(parser, token, field, values);
      }
    }
  }

  private static void field(JsonParser parser, JsonToken token, Field field, Values values) throws IOException {
    if (field.slot() != Field.NO_SLOT) {
      value(parser, token, field, values);
    }
    if (field.hasChildren()) {
      field.slotsBelow().forEach(slot -> values.set(slot, Kind.ABSENT));
    }
    if (token == JsonToken.START_OBJECT && field.hasChildren()) {
      object(parser, field, values);
    } else {
      parser.skipChildren();
    }
  }

  private static void value(JsonParser parser, JsonToken token, Field field, Values values) throws IOException {
    Kind kind = kind(token);
    if (kind == Kind.NUMBER && !isFinite(parser, field, values)) {
      kind = Kind.NO_NUMBER;
    }
    values.set(field.slot(), kind);
    if (field.wantsText(kind)) {
      values.text(field.slot(), parser.getText());
    }
  }

  private static Kind kind(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> Kind.TEXT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
      case VALUE_NULL -> Kind.ABSENT;
      default -> Kind.STRUCTURE;
    };
  }

  private static boolean isFinite(JsonParser parser, Field field, Values values) throws IOException {
    if (!field.asNumber()) {
      return !parser.isNaN();
    }
    double number = parser.getDoubleValue();
    values.number(field.slot(), number);
    return Double.isFinite(number);
  }

  private static String message(IOException wrong) {
    String message = wrong instanceof JsonProcessingException json
        ? json.getOriginalMessage() : wrong.getMessage();
    String line = String.valueOf(message).replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
