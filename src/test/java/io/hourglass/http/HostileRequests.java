package io.hourglass.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hourglass.http.OpenApiDocument.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests made from the document, of values that it allows and of such as nobody should send. The same for the same seed. */
final class HostileRequests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS");
  /** What exists; and nothing is waited for. */
  private static final Map<String, String> KNOWN = Map.of("pipeline", "clicks", "key", "h", "rule", "many", "id", "id1", "start", String.valueOf(WholeFront.TEN),
      "timeout", "1ms", "label", "key", "query", "count{pipeline=\"clicks\",key=\"h\"}", "match[]", "count{pipeline=\"clicks\"}");
  /** As they are to arrive; they are encoded. */
  private static final List<String> TEXTS = List.of("", " ", ".", "..", "/", "a/b", "?", "#", "+", "%", "%2F", "null", "true", "-1", "0", "1e9", "0x10", "NaN",
      "2147483648", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "999999999999999999", "-999999999999999999", "1995-08-01T10:00:00",
      "+999999999-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z", "1995-02-30T00:00:00Z", "P1Y", "PT-5S", "PT9999999999999999999S", "9999999999d", "YQ", "LTk5OTk5OTk5OTk5OTk5OTk5OQ",
      "OTk5OTk5OTk5OTk5OTk5OTk5OQ", "MDox", "\u0000", "a\u0000b", "\r\nX-Bad: 1", "\t", "\u007f", "\u0085", "\u202e", "\ufeff", "\uE000.", "\uD83D\uDE00", "\u00fc",
      "'; DROP TABLE windows; --", "<script>alert(1)</script>", "${jndi:ldap://x}", "{}", "[]", "\"", "\\", "(", "[", "*", ".*", "(a+)+$", "a".repeat(300), "\u00e4".repeat(4_000));
  /** As they go over the wire. */
  private static final List<String> ENCODINGS = List.of("%", "%zz", "%2", "%00", "%ff", "%C0%AF", "%ED%A0%80", "%F5%80%80%80", "%25%32%65", "%u0041", "a%2Fb", "%2e", "%2E%2E", "a;b=c", "a=b&a=c",
      "{x}", "|", "^", "`", "\"", "<", ">", "\\", "\u00ff", "\u0001", "\u007f", "&&", "a&b", "~");
  private static final List<String> HEADERS = List.of("Accept: application/json", "Accept: text/csv", "Accept: application/x-ndjson", "Accept: image/png", "Accept: ",
      "Accept: */*;q=0", "Accept: nonsense", "If-None-Match: *", "If-None-Match: \"", "Range: bytes=0-1", "Last-Event-ID: x", "Upgrade: websocket", "Authorization: Basic !", "Cookie: a",
      "Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: \u00fc");
  private static final List<String> TYPES =
      List.of("application/json", "application/x-ndjson", "text/plain", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "x", "");
  private static final List<String> BODIES = List.of("", " ", "null", "0", "\"\"", "[]", "{}", "[{}]", "{", "[", "{\"", "\u0000", "{\"a\":1e999}", "{\"a\":1,\"a\":2}", "{}{}", "\ufeff{}",
      "[".repeat(2_000), "{\"a\":".repeat(2_000), "\uD83D\uDE00", "\\ud800", "// comment\n{}", "include \"x\"", "a = ${b}", "x".repeat(70_000), " ".repeat(120_000));
  private static final List<String> VALUES = List.of("null", "true", "-1", "0", "1e308", "1e999", "99999999999999999999", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\r\\nb\"", "\"-5s\"", "\"999999999999d\"",
      "\"${x}\"", "\"1/0 > 1\"", "\"window.count > 5 && \"", "\"" + "(".repeat(400) + "\"", "\"(a+)+$\"", "[]", "{}", "[[[[]]]]", "{\"a\":{\"b\":null}}", "\"" + "y".repeat(5_000) + "\"");

  private final Random random;
  private final OpenApiDocument document;

  HostileRequests(OpenApiDocument document, long seed) {
    this.document = document;
    this.random = new Random(seed);
  }

  /** @param target path and query as they stand in the request line */
  record Request(String method, String target, List<String> headers, byte[] body) {

    byte[] head() {
      StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      headers.forEach(header -> head.append(header).append("\r\n"));
      return head.append("Content-Length: ").append(body.length).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      String text = new String(body, StandardCharsets.UTF_8);
      return method + " " + target + " " + headers + "\n" + (text.length() < 2_000 ? text : text.substring(0, 100) + "… of " + body.length + " bytes");
    }
  }

  Request next() {
    Operation operation = any(document.operations());
    String path = operation.path();
    List<String> query = new ArrayList<>();
    List<String> headers = new ArrayList<>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.get("name").asText();
      if (parameter.get("in").asText().equals("path")) {
        path = path.replace("{" + name + "}", value(parameter));
      } else if (parameter.get("in").asText().equals("query") && (name.equals("timeout") || chance(50))) {
        query.add(name + "=" + value(parameter));
      }
    }
    if (chance(10)) {
      query.add(any(ENCODINGS));
    }
    if (chance(30)) {
      headers.add(any(HEADERS));
    }
    String method = chance(95) ? operation.method() : any(METHODS);
    byte[] body = body(operation, headers);
    return new Request(method, query.isEmpty() ? path : path + "?" + String.join("&", query), headers, body);
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String value(JsonNode parameter) {
    return chance(70) ? encoded(allowed(parameter)) : chance(70) ? encoded(any(TEXTS)) : any(ENCODINGS);
  }

  private static String encoded(String text) {
    return text.matches("\\.{1,2}") ? text.replace(".", "%2E") : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String allowed(JsonNode parameter) {
    JsonNode schema = document.resolved(parameter.path("schema"));
    String known = KNOWN.get(parameter.get("name").asText());
    if (known != null) {
      return known;
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size())).asText();
    }
    if (schema.path("type").asText().equals("integer")) {
      return String.valueOf(schema.path("minimum").asInt() + random.nextInt(schema.path("maximum").asInt(1_000)));
    }
    JsonNode example = parameter.has("example") ? parameter.get("example") : schema.path("example");
    return example.isMissingNode() ? "a" : example.asText();
  }

  private byte[] body(Operation operation, List<String> headers) {
    JsonNode content = operation.node().path("requestBody").path("content");
    if (content.isMissingNode() && chance(95)) {
      return new byte[0];
    }
    headers.add("Content-Type: " + (content.isEmpty() || chance(30) ? any(TYPES) : content.fieldNames().next()));
    JsonNode media = content.isEmpty() ? content : content.iterator().next();
    JsonNode example = media.has("example") ? media.get("example") : shown(media.path("examples"));
    if (example.isMissingNode() || chance(30)) {
      return any(BODIES).getBytes(StandardCharsets.UTF_8);
    }
    String json = chance(30) ? example.toString() : spoilt(example.deepCopy());
    return (chance(10) ? json.substring(0, random.nextInt(json.length())) : json).getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode shown(JsonNode examples) {
    return examples.isEmpty() ? examples.path("none") : document.resolved(examples.iterator().next()).path("value");
  }

  /** With one value, however deep, taken away or put in the place of another. */
  private String spoilt(JsonNode whole) {
    JsonNode at = whole;
    while (at.size() > 0 && at.iterator().next().isContainerNode() && chance(50)) {
      at = at.iterator().next();
    }
    String mark = "\"spoilt-here\"";
    if (at instanceof ArrayNode array) {
      array.insert(0, "spoilt-here");
    } else if (at instanceof ObjectNode object) {
      List<String> names = new ArrayList<>(List.of("unknown", ""));
      object.fieldNames().forEachRemaining(names::add);
      String name = any(names);
      object.remove(chance(20) ? name : "");
      object.put(name, "spoilt-here");
    }
    return whole.toString().replace(mark, any(VALUES));
  }
}
