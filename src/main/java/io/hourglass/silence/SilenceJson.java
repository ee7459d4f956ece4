package io.hourglass.silence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Silences as Alertmanager's API has them, which is also how they are kept. */
public final class SilenceJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TIME = "ISO-8601 with an offset, or epoch milliseconds";

  private SilenceJson() {}

  /** With its state at a time: {@code {"id", "status": {"state"}, …}}. */
  public static ObjectNode item(Silence silence, long now) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", silence.id());
    node.putObject("status").put("state", silence.state(now).toString());
    return fill(node, silence);
  }

  static byte[] stored(Silence silence) {
    return fill(JsonNodeFactory.instance.objectNode().put("id", silence.id()), silence).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode fill(ObjectNode node, Silence silence) {
    for (Matcher matcher : silence.matchers()) {
      node.withArray("matchers").addObject().put("name", matcher.name()).put("value", matcher.value())
          .put("isRegex", matcher.isRegex()).put("isEqual", matcher.isEqual());
    }
    return node.put("startsAt", text(silence.startsAt())).put("endsAt", text(silence.endsAt()))
        .put("updatedAt", text(silence.updatedAt())).put("createdBy", silence.createdBy()).put("comment", silence.comment());
  }

  private static String text(long at) {
    return Instant.ofEpochMilli(at).toString();
  }

  /**
   * Reads what {@link #stored} wrote or what people send; fields that it does not know are left aside.
   *
   * @throws BadSilence when a field is missing or is not what it should be
   */
  public static Silence read(byte[] json) {
    JsonNode node = tree(json);
    List<Matcher> matchers = new ArrayList<>();
    JsonNode each = node.path("matchers");
    if (!each.isArray()) {
      throw new BadSilence("matchers", written(each), "a list");
    }
    for (int i = 0; i < each.size(); i++) {
      matchers.add(matcher(each.get(i), "matchers[" + i + "]."));
    }
    return new Silence(node.hasNonNull("id") ? text(node, "", "id") : "", matchers, time(node, "startsAt"), time(node, "endsAt"),
        node.hasNonNull("updatedAt") ? time(node, "updatedAt") : 0, text(node, "", "createdBy"), text(node, "", "comment"));
  }

  private static JsonNode tree(byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      // said below
    }
    throw new BadSilence("body", "not a JSON object", "matchers, startsAt, endsAt, createdBy, comment");
  }

  private static Matcher matcher(JsonNode node, String path) {
    return new Matcher(text(node, path, "name"), text(node, path, "value"), flag(node, path + "isRegex", "isRegex", null),
        flag(node, path + "isEqual", "isEqual", true));
  }

  private static String text(JsonNode node, String path, String field) {
    if (!node.path(field).isTextual()) {
      throw new BadSilence(path + field, written(node.path(field)), "text");
    }
    return node.get(field).textValue();
  }

  private static boolean flag(JsonNode node, String path, String field, Boolean otherwise) {
    if (otherwise != null && !node.hasNonNull(field)) {
      return otherwise;
    }
    if (!node.path(field).isBoolean()) {
      throw new BadSilence(path, written(node.path(field)), "true or false");
    }
    return node.get(field).booleanValue();
  }

  private static long time(JsonNode node, String field) {
    JsonNode value = node.path(field);
    try {
      return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : OffsetDateTime.parse(value.asText()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException wrong) {
      throw new BadSilence(field, written(value), TIME);
    }
  }

  private static String written(JsonNode value) {
    return value.isMissingNode() ? "missing" : value.isTextual() ? value.textValue() : value.toString();
  }
}
