package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.http.OpenApiDocument.Operation;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The OpenAPI document, held against what is answered: path, method, status, media type and the shape of the body. */
public final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.SERVED;
  /** The document says once, at its top, that any request may be answered so. */
  private static final Set<Integer> ANYWHERE = Set.of(403, 405, 414, 422, 431, 500);
  private static final String PROBLEM = "application/problem+json";
  private static final String LINES = "application/x-ndjson";

  private Contract() {}

  /** The answer, when the document promises it; a test fails when it does not. */
  static HttpResponse<String> promised(HttpResponse<String> answer) {
    String path = answer.request().uri().getRawPath();
    check(answer.request().method(), path, answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""),
        answer.body().getBytes(StandardCharsets.UTF_8));
    return answer;
  }

  /**
   * Fails when the document does not promise this answer. What it does not know has to be a problem: 404, or 405 when it
   * knows the path. Only of paths outside of the API it says nothing.
   *
   * @param asked encoded; a query behind it is left aside
   * @param body unpacked
   */
  public static void check(String method, String asked, int status, String mediaType, byte[] body) {
    String path = asked.split("\\?", 2)[0];
    String where = method + " " + path + ": " + status + " " + mediaType;
    List<Operation> there = DOCUMENT.at(path);
    Optional<Operation> operation = there.stream().filter(each -> each.method().equals(method.equals("HEAD") ? "GET" : method)).findFirst();
    String bare = mediaType.split(";")[0].strip();
    boolean named = operation.filter(each -> each.node().path("responses").has(Integer.toString(status))).isPresent();
    if (ANYWHERE.contains(status) && !named) {
      problem(where, bare, body);
    } else if (operation.isPresent()) {
      promised(operation.get(), status, bare, body, where);
    } else if (path.startsWith("/v1") || path.startsWith("/prometheus")) {
      assertTrue(status == 400 || there.isEmpty() && status == 404, () -> where + " is not in the document");
      problem(where, bare, body);
    }
  }

  private static void promised(Operation operation, int status, String mediaType, byte[] body, String where) {
    JsonNode response = DOCUMENT.resolved(operation.node().path("responses").path(Integer.toString(status)));
    assertTrue(response.isObject(), () -> where + " is not in the document");
    if (body.length > 0) {
      JsonNode content = response.path("content");
      assertTrue(content.has(mediaType), () -> where + " is of no media type in the document");
      if (mediaType.endsWith("/json") || mediaType.endsWith("+json")) {
        shape(content.get(mediaType).get("schema"), new String(body, StandardCharsets.UTF_8), where);
      } else if (mediaType.equals(LINES)) {
        JsonNode page = DOCUMENT.resolved(content.path("application/json").path("schema"));
        new String(body, StandardCharsets.UTF_8).lines().forEach(line -> shape(page.at("/properties/items/items"), line, where));
      }
    }
  }

  private static void problem(String where, String mediaType, byte[] body) {
    assertEquals(PROBLEM, mediaType, where);
    if (body.length > 0) {
      shape(JSON.createObjectNode().put("$ref", "#/components/schemas/Problem"), new String(body, StandardCharsets.UTF_8), where);
    }
  }

  private static void shape(JsonNode schema, String json, String where) {
    try {
      assertEquals(Set.of(), DOCUMENT.faults(schema, JSON.readTree(json)), () -> where + "\n" + json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(where + ": no JSON: " + json, e);
    }
  }
}
