package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.hourglass.query.Letters.Asked;
import io.hourglass.query.Letters.Found;
import io.hourglass.query.Letters.Kind;
import io.hourglass.query.Letters.Letter;
import io.hourglass.settings.Settings;
import io.hourglass.store.Samples;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long TEN = Instant.parse("1995-08-01T10:00:00Z").toEpochMilli();

  private final ActorTestKit kit = ActorTestKit.create(
      ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING").withFallback(ConfigFactory.load()));
  private Asked asked;
  private CompletionStage<Found> found = CompletableFuture.completedFuture(new Found(List.of(), null));
  private final ServerBinding binding = HttpFront.start(kit.system(), new Settings.Http("127.0.0.1", 0, Duration.ofSeconds(3)),
      new Problems(kit.system().log()).around(new LetterRoutes(List.of(Samples.hourly("clicks", "UTC")), (pipeline, which) -> {
        asked = which;
        return found;
      })::route)).toCompletableFuture().join();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private HttpResponse<String> ask(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + "/v1/pipelines/" + path));
    return Contract.promised(CLIENT.send((headers.length == 0 ? request : request.headers(headers)).build(), HttpResponse.BodyHandlers.ofString()));
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = ask(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private void found(Letter letter) {
    found = CompletableFuture.completedFuture(new Found(List.of(letter), Map.of(0, 7L, 3, 0L)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aDeadLetterSaysWhereItStoodAndWhy() throws Exception {
    found(new Letter("clicks", 3, 17, TEN, "not-json", "found more", TEN + 5, bytes("k"), bytes("{\u00fc"), 3, null));
    assertEquals(JSON.readTree("""
        {"pipeline":"clicks","topic":"clicks","partition":3,"offset":17,"timestamp":"1995-08-01T10:00:00Z","reason":"not-json","detail":"found more",
         "putAsideAt":"1995-08-01T10:00:00.005Z","key":"k","keyEncoding":"utf-8","value":"{\u00fc","valueEncoding":"utf-8","size":3,"truncated":false}"""),
        json("clicks/dead-letters").at("/items/0"));
    assertTrue(ask("clicks/dead-letters", "Accept", "text/csv").body().startsWith("pipeline,topic,partition,offset,timestamp,reason,detail,putAsideAt,key,"));
    assertTrue(ask("clicks/dead-letters?limit=1", "Accept", "application/x-ndjson").headers().firstValue("Link").orElseThrow().contains("cursor="));
  }

  @Test
  void bytesThatAreNoTextAreBase64AndWhatIsLongIsCutAtACharacter() throws Exception {
    found(new Letter("clicks", 0, 1, null, "empty", "", TEN, null, new byte[] {(byte) 0xFF, 0}, 2, null));
    JsonNode letter = json("clicks/dead-letters").at("/items/0");
    assertEquals("/wA= base64", letter.get("value").asText() + " " + letter.get("valueEncoding").asText());
    assertTrue(letter.get("key").isNull() && letter.get("keyEncoding").isNull() && letter.get("timestamp").isNull());
    found(new Letter("clicks", 0, 1, null, "empty", "", TEN, null, new byte[] {'a', (byte) 0xF0, (byte) 0x9F}, 9, null));
    letter = json("clicks/dead-letters").at("/items/0");
    assertEquals("a utf-8 true 9", letter.get("value").asText() + " " + letter.get("valueEncoding").asText() + " " + letter.get("truncated") + " " + letter.get("size"));
    found(new Letter("clicks", 0, 1, null, "empty", "", TEN, null, null, 0, null));
    assertTrue(json("clicks/dead-letters").at("/items/0/value").isNull());
  }

  @Test
  void aLateEventNamesItsKeyAndTheWindowThatItMissed() throws Exception {
    found(new Letter("clicks", 0, 17, TEN, "late", "window is closed", TEN + 5, bytes("k"), bytes("{}"), 2, TEN));
    JsonNode late = json("clicks/late?key=k&limit=5&from=" + TEN + "&to=1995-08-01T11:00:00Z").at("/items/0");
    assertEquals("{\"end\":\"1995-08-01T11:00:00Z\",\"start\":\"1995-08-01T10:00:00Z\"}",
        JSON.writeValueAsString(JSON.treeToValue(late.get("window"), java.util.TreeMap.class)));
    assertEquals(new Asked(Kind.LATE, TEN, TEN + 3_600_000, Optional.empty(), Optional.of("k"), null, 5), asked);
  }

  @Test
  void aCursorNamesPlacesByPartition() throws Exception {
    found(new Letter("clicks", 3, 17, TEN, "not-json", "", TEN, null, null, 0, null));
    JsonNode page = json("clicks/dead-letters?reason=not-json");
    found = CompletableFuture.completedFuture(new Found(List.of(), null));
    assertTrue(json("clicks/dead-letters?reason=not-json&cursor=" + page.get("next").asText()).get("next").isNull());
    assertEquals(Map.of(0, 7L, 3, 0L), asked.before());
    assertEquals(Optional.of("not-json"), asked.reason());
    json("clicks/late");
    assertNull(asked.before());
  }

  @ParameterizedTest
  @CsvSource({"clicks/dead-letters?cursor=YQ, 400", "clicks/late?cursor=!, 400", "clicks/late?limit=0, 400", "clicks/late?from=x, 400",
      "none/dead-letters, 404", "none/late, 404", "clicks/letters, 404"})
  void theRestAreProblems(String path, int status) throws Exception {
    HttpResponse<String> answer = ask(path);
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void kafkaAwayIsA503() throws Exception {
    found = CompletableFuture.failedFuture(new TimeoutException("not read"));
    assertEquals(503, ask("clicks/late").statusCode());
    found = CompletableFuture.failedFuture(new org.apache.kafka.common.errors.TimeoutException("no metadata"));
    assertEquals(503, ask("clicks/dead-letters").statusCode());
  }
}
