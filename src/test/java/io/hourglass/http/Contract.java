package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document, held against what is answered: path, status, media type and the shape of the body. */
public final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode DOCUMENT = read();
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();
  /** Of every path, so the document does not repeat them. */
  private static final Set<Integer> ANYWHERE = Set.of(405, 406, 500);
  private static final String PROBLEM = "application/problem+json";

  private Contract() {}

  private static ObjectNode read() {
    try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
      return (ObjectNode) new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails when the document does not promise this answer. Answers to paths that it does not know are none of its business, but for their form. */
  public static void check(String method, String path, int status, String mediaType, byte[] body) {
    JsonNode operation = operation(method, path.split("\\?")[0]);
    if (operation.isMissingNode() || ANYWHERE.contains(status)) {
      assertTrue(status < 400 || mediaType.equals(PROBLEM), () -> method + " " + path + ": " + status + " " + mediaType);
      return;
    }
    JsonNode response = operation.path("responses").path(Integer.toString(status));
    JsonNode promised = response.has("$ref") ? DOCUMENT.at(response.get("$ref").asText().substring(1)) : response;
    assertTrue(!promised.isMissingNode(), () -> method + " " + path + ": " + status + " is not in the document");
    if (body.length > 0) {
      String bare = mediaType.split(";")[0];
      assertTrue(promised.path("content").has(bare), () -> method + " " + path + ": " + status + " as " + bare + " is not in the document");
      shape(promised.path("content").path(bare).path("schema"), bare, body, method + " " + path);
    }
  }

  private static void shape(JsonNode schema, String mediaType, byte[] body, String where) {
    if (mediaType.endsWith("json") && !mediaType.endsWith("ndjson")) {
      try {
        assertEquals(Set.of(), SCHEMAS.computeIfAbsent(schema.toString(), text -> compiled(schema)).validate(JSON.readTree(body)), where);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** References lead to the document's components, so these stand beside it. */
  private static JsonSchema compiled(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.set("components", DOCUMENT.get("components"));
    whole.setAll((ObjectNode) schema);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
  }

  private static JsonNode operation(String method, String path) {
    for (Map.Entry<String, JsonNode> each : DOCUMENT.get("paths").properties()) {
      String pattern = Pattern.compile("\\{[^}]+}").splitAsStream(each.getKey() + " ").map(Pattern::quote).reduce((a, b) -> a + "[^/]+" + b).orElseThrow();
      if ((path + " ").matches(pattern)) {
        return each.getValue().path(method.toLowerCase(Locale.ROOT));
      }
    }
    return DOCUMENT.path("no such path");
  }
}
