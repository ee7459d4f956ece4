package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.Settings;
import io.hourglass.shared.TableInMemory;
import io.hourglass.silence.Silences;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String BODY = "{\"matchers\":[{\"name\":\"rule\",\"value\":\"bur.*\",\"isRegex\":true,\"isEqual\":true}],"
      + "\"startsAt\":\"2026-01-01T12:00:00Z\",\"endsAt\":\"2026-01-01T14:00:00+01:00\",\"createdBy\":\"me\",\"comment\":\"known\"}";

  private final AtomicLong now = new AtomicLong(Instant.parse("2026-01-01T12:00:00Z").toEpochMilli());
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private final Silences silences = Silences.open(new TableInMemory(), clock).toCompletableFuture().join();
  private final ActorTestKit kit = ActorTestKit.create(
      ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING").withFallback(ConfigFactory.load()));
  private Optional<Silences> known = Optional.of(silences);
  private final ServerBinding binding = HttpFront.start(kit.system(), new Settings.Http("127.0.0.1", 0, Duration.ofSeconds(3)),
      new Problems(kit.system().log()).around(new SilenceRoutes(() -> known, clock)::route)).toCompletableFuture().join();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void keepsShowsAndEnds() throws Exception {
    String id = json(post(BODY)).get("silenceID").asText();
    assertEquals("{\"id\":\"" + id + "\",\"status\":{\"state\":\"active\"},"
        + "\"matchers\":[{\"name\":\"rule\",\"value\":\"bur.*\",\"isRegex\":true,\"isEqual\":true}],"
        + "\"startsAt\":\"2026-01-01T12:00:00Z\",\"endsAt\":\"2026-01-01T13:00:00Z\",\"updatedAt\":\"2026-01-01T12:00:00Z\","
        + "\"createdBy\":\"me\",\"comment\":\"known\"}", json(ask("GET", "/" + id, "")).toString());
    assertEquals(List.of(id), silences.muting(Map.of("rule", "burst")));
    assertEquals(200, ask("DELETE", "/" + id, "").statusCode());
    assertEquals("expired", json(ask("GET", "/" + id, "")).at("/status/state").asText());
    assertEquals(200, ask("DELETE", "/" + id, "").statusCode());
  }

  @Test
  void replaces() throws Exception {
    String id = json(post(BODY)).get("silenceID").asText();
    now.addAndGet(60_000);
    String longer = BODY.replace("14:00:00+01:00", "20:00:00Z").replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    assertEquals(id, json(post(longer)).get("silenceID").asText());
    assertNotEquals(id, json(post(longer.replace("bur", "qui"))).get("silenceID").asText());
    assertEquals("expired", json(ask("GET", "/" + id, "")).at("/status/state").asText());
  }

  @Test
  void listsInPages() throws Exception {
    for (int n = 0; n < 5; n++) {
      post(BODY.replace("2026-01-01T12", "2026-01-01T12:3" + n % 2).replace(":00:00Z\",\"endsAt", ":00Z\",\"endsAt"));
    }
    JsonNode first = json(ask("GET", "?limit=3", ""));
    JsonNode second = json(ask("GET", "?limit=3&cursor=" + first.get("next").asText(), ""));
    assertEquals(List.of(3, 2), List.of(first.get("items").size(), second.get("items").size()));
    assertTrue(second.get("next").isNull());
    List<String> all = silences.all().stream().map(each -> each.id()).toList();
    List<String> paged = new java.util.ArrayList<>(first.get("items").findValuesAsText("id"));
    paged.addAll(second.get("items").findValuesAsText("id"));
    assertEquals(all, paged);
    assertEquals(5, json(ask("GET", "?state=pending", "")).get("items").size());
    assertEquals(0, json(ask("GET", "?state=active", "")).get("items").size());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "\"rule\"                | \"a b\"                    | matchers[0].name",
      "\"bur.*\"               | \"(\"                      | matchers[0].value",
      "\"bur.*\"               | \".*\"                     | matchers",
      "\"isRegex\":true        | \"isRegex\":1              | matchers[0].isRegex",
      "\"startsAt\"            | \"began\"                  | startsAt",
      "2026-01-01T12:00:00Z    | 2026-01-01T13:00:00Z       | endsAt",
      "\"2026-01-01T14:00:00+01:00\" | 1                    | endsAt",
      "\"2026-01-01T14:00:00+01:00\" | 253402300800000      | endsAt",
      "\"2026-01-01T14:00:00+01:00\" | 99999999999999999999 | endsAt",
      "\"matchers\":[{           | \"matchers\":{\"a\":null},\"other\":[{ | matchers",
      "\"createdBy\"           | \"by\"                     | createdBy",
      "{\"matchers\"           | [{\"matchers\"             | body"})
  void namesWhatIsWrong(String part, String other, String field) throws Exception {
    HttpResponse<String> refused = post(BODY.replace(part, other));
    assertEquals(400, refused.statusCode(), refused.body());
    assertEquals("application/problem+json", refused.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(field, JSON.readTree(refused.body()).get("parameter").asText());
  }

  @Test
  void everyFailureIsAProblem() throws Exception {
    assertEquals(404, ask("GET", "/nobody", "").statusCode());
    assertEquals(404, ask("DELETE", "/nobody", "").statusCode());
    assertEquals(404, post(BODY.replaceFirst("\\{", "{\"id\":\"nobody\",")).statusCode());
    assertEquals(413, post(BODY.replace("known", "x".repeat(70_000))).statusCode());
    assertEquals(400, ask("GET", "?cursor=YQ", "").statusCode());
    assertEquals(405, ask("PUT", "", BODY).statusCode());
    known = Optional.empty();
    assertEquals(503, ask("GET", "", "").statusCode());
    assertEquals(503, post(BODY).statusCode());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return ask("POST", "", body);
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + "/v1/silences" + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Content-Type", "application/json");
    return Contract.promised(CLIENT.send(request.method(method, BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()));
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }
}
