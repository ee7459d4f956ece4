package io.hourglass.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.alert.Alert;
import io.hourglass.alert.Mark;
import io.hourglass.notify.group.Told;
import io.hourglass.services.Await;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.Port;
import io.hourglass.settings.Notify;
import io.hourglass.settings.Notify.Endpoint;
import io.hourglass.settings.Notify.Webhook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the alert log to a webhook that fails in all ways, on a real broker. */
@Timeout(180)
class NotifierIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir static Path directory;
  private static KafkaBroker broker;

  private final Set<String> muted = ConcurrentHashMap.newKeySet();
  private Receiver receiver;

  @BeforeAll
  static void startKafka() {
    broker = new KafkaBroker(directory.resolve("kafka"), Port.free());
    broker.start();
  }

  @AfterAll
  static void stopKafka() {
    broker.stop();
  }

  @BeforeEach
  void start() throws Exception {
    receiver = new Receiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void triesAgainUntilTheReceiverTakesIt() throws Exception {
    receiver.answer(503, Receiver.STALL, Receiver.CLOSE, 429, 200);
    try (OneNode node = node("again", List.of())) {
      node.publish(Told.fires("burst", "a", now()));
      Receiver.Request first = receiver.next(30);
      for (int n = 0; n < 4; n++) {
        assertEquals(first.json(), receiver.next(30).json());
      }
      Await.until("counted", PATIENCE, () -> node.count("hook", "sent") == 1 && node.count("hook", "retried") == 4);
      assertEquals(0, node.count("hook", "refused") + node.count("hook", "failed"));
      assertPayload(first);
    }
  }

  private static void assertPayload(Receiver.Request request) {
    JsonNode payload = request.json();
    assertEquals(List.of("version", "groupKey", "truncatedAlerts", "status", "receiver", "groupLabels", "commonLabels", "commonAnnotations",
        "externalURL", "alerts"), names(payload));
    assertEquals(List.of("status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"), names(payload.at("/alerts/0")));
    assertEquals("4", payload.get("version").textValue());
    assertEquals("{}:{rule=\"burst\"}", payload.get("groupKey").textValue());
    assertEquals("firing", payload.get("status").textValue());
    assertEquals("hook", payload.get("receiver").textValue());
    assertEquals("burst of a", payload.at("/commonAnnotations/summary").textValue());
    assertEquals("0001-01-01T00:00:00Z", payload.at("/alerts/0/endsAt").textValue());
    assertEquals("http://hourglass/v1/pipelines/p/entities/a", payload.at("/alerts/0/generatorURL").textValue());
    assertEquals(List.of("application/json"), header(request, "Content-Type"));
    assertEquals(List.of("Bearer x"), header(request, "Authorization"));
    assertEquals(List.of(Signature.of(request.body(), "s3cret")), header(request, "X-Hourglass-Signature"));
  }

  private static List<String> header(Receiver.Request request, String name) {
    return request.headers().entrySet().stream().filter(each -> name.equalsIgnoreCase(each.getKey())).findFirst().orElseThrow().getValue();
  }

  @Test
  void theSignatureIsThatOfTheStandard() {
    // RFC 4231, test case 2
    assertEquals("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        Signature.of("what do ya want for nothing?".getBytes(StandardCharsets.UTF_8), "Jefe"));
  }

  @Test
  void whatIsRefusedIsNotSentAgainButTheNextChangeIs() throws Exception {
    receiver.answer(400);
    try (OneNode node = node("refused", List.of())) {
      long since = now();
      node.publish(Told.fires("burst", "a", since));
      receiver.next(30);
      Await.until("counted", PATIENCE, () -> node.count("hook", "refused") == 1);
      node.publish(Told.fires("burst", "b", now()));
      assertEquals(List.of("a", "b"), keys(receiver.next(30)));
      assertEquals(0, node.count("hook", "retried"));
      node.publish(Told.ends("burst", "a", since, now()));
      assertEquals("resolved", receiver.next(30).json().at("/alerts/0/status").textValue());
    }
  }

  @Test
  void anotherNodeGoesOnWhereOneEnded() throws Exception {
    long since = now();
    try (OneNode node = node("restart", List.of())) {
      node.publish(Told.fires("burst", "a", since), Told.fires("quiet", "a", since));
      assertEquals(Set.of("burst", "quiet"), Set.of(rule(receiver.next(30)), rule(receiver.next(30))));
      Await.until("kept", PATIENCE, () -> node.kept() == 5);
    }
    try (OneNode other = node("restart", List.of())) {
      other.publish(Told.fires("burst", "a", since), Told.fires("flood", "a", now()), Told.ends("burst", "a", since, now()));
      assertEquals(Map.of("flood", "firing", "burst", "resolved"), statuses(2));
      Await.until("only what fires is kept", PATIENCE, () -> other.kept() == 5);
      assertNull(receiver.requests.poll());
    }
  }

  @Test
  void whatWasUnderwayWhenItEndedIsSentByTheNext() throws Exception {
    receiver.answer(Receiver.STALL);
    try (OneNode node = node("underway", List.of())) {
      node.publish(Told.fires("burst", "a", now()));
      receiver.next(30);
    }
    try (OneNode other = node("underway", List.of())) {
      assertEquals(List.of("a"), keys(receiver.next(30)));
    }
  }

  @Test
  void whatFiresSinceBeforeTheLogBeginsIsNotForgotten() throws Exception {
    Alert old = Told.fires("burst", "a", 1_000);
    try (OneNode node = node("seeded", List.of(old))) {
      assertEquals(List.of("a"), keys(receiver.next(30)));
      node.publish(Told.ends("burst", "a", 1_000, now()));
      assertEquals("resolved", receiver.next(30).json().get("status").textValue());
    }
  }

  @Test
  void aMutedAlertIsSentWhenItIsNoLongerAndStillFires() throws Exception {
    muted.add("burst/a");
    try (OneNode node = node("muted", List.of())) {
      node.publish(Told.fires("burst", "a", now()), Told.fires("quiet", "a", now()));
      assertEquals("quiet", rule(receiver.next(30)));
      Await.until("kept", PATIENCE, () -> node.kept() == 4);
      assertTrue(receiver.requests.isEmpty());
      muted.clear();
      assertEquals("burst", rule(receiver.next(30)));
    }
  }

  private Map<String, String> statuses(int count) throws InterruptedException {
    Map<String, String> statuses = new ConcurrentHashMap<>();
    for (int n = 0; n < count; n++) {
      JsonNode json = receiver.next(30).json();
      statuses.put(json.at("/groupLabels/rule").textValue(), json.get("status").textValue());
    }
    return statuses;
  }

  private static String rule(Receiver.Request request) {
    return request.json().at("/groupLabels/rule").textValue();
  }

  private static List<String> keys(Receiver.Request request) {
    return StreamSupport.stream(request.json().get("alerts").spliterator(), false).map(each -> each.at("/labels/key").textValue()).sorted().toList();
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private OneNode node(String name, List<Alert> seed) {
    Endpoint endpoint = new Endpoint("hook", receiver.url(), Duration.ofSeconds(2), Map.of("Authorization", "Bearer x"), List.of());
    Webhook hook = new Webhook(endpoint, List.of("rule"), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofHours(4), true, 100, Optional.of("s3cret"));
    return new OneNode(broker.bootstrap(), name, new Notify("", Optional.empty(), List.of(hook), List.of(), List.of()),
        alert -> muted.contains(alert.fingerprint()) ? new Mark(List.of("s"), List.of()) : Mark.NONE, seed);
  }
}
