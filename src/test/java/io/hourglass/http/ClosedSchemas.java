package io.hourglass.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Schemas that take no member that they do not name. The document leaves them open, so that clients do not break when an
 * answer gets a new member; a test wants to hear of it.
 */
final class ClosedSchemas {
  private final Set<String> parts = new HashSet<>();

  private ClosedSchemas() {}

  static ObjectNode of(ObjectNode components) {
    ObjectNode closed = components.deepCopy();
    ClosedSchemas schemas = new ClosedSchemas();
    schemas.gatherParts(closed);
    closed.get("schemas").properties().forEach(each -> schemas.close(each.getValue(), schemas.parts.contains("#/components/schemas/" + each.getKey())));
    return closed;
  }

  /** What others are composed of has to stay open. */
  private void gatherParts(JsonNode node) {
    node.path("allOf").forEach(part -> parts.add(part.path("$ref").asText()));
    node.forEach(this::gatherParts);
  }

  private void close(JsonNode node, boolean part) {
    if (node instanceof ObjectNode schema && !part && (schema.path("properties").isObject() || schema.has("allOf")) && !schema.has("additionalProperties")) {
      schema.put("unevaluatedProperties", false);
    }
    node.properties().forEach(each -> {
      boolean composed = each.getKey().equals("allOf");
      if (composed) {
        each.getValue().forEach(inner -> close(inner, true));
      } else {
        close(each.getValue(), false);
      }
    });
    if (node.isArray()) {
      node.forEach(each -> close(each, false));
    }
  }
}
