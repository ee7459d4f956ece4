package io.hourglass.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.services.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AlertStreamTest {
  private static final String EPOCH = "0a1b2c3d";

  private final StreamServer server = new StreamServer(1_000, 100, Duration.ofSeconds(25));
  private final FakeLog log = new FakeLog(server.feed, EPOCH);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFrameHasEveryFieldOfTheContract() throws Exception {
    try (SocketClient client = new SocketClient(server.ws(""))) {
      assertEquals("{\"type\":\"hello\",\"after\":\"earliest\",\"gap\":false}", client.next().toString());
      log.append(FakeLog.alert(0));
      JsonNode frame = client.next();
      assertEquals("{\"type\":\"alert\",\"id\":\"0a1b2c3d-0\",\"status\":\"firing\","
          + "\"labels\":{\"pipeline\":\"clicks\",\"rule\":\"burst\",\"key\":\"key-0\",\"severity\":\"critical\"},"
          + "\"annotations\":{\"summary\":\"{key}: too many\"},\"value\":1001.0,"
          + "\"window\":{\"start\":\"1970-01-01T00:00:00Z\",\"end\":\"1970-01-01T01:00:00Z\"},"
          + "\"startsAt\":\"1970-01-01T00:01:00Z\",\"endsAt\":null,\"emittedAt\":\"2023-11-14T22:13:20Z\","
          + "\"fingerprint\":\"" + FakeLog.alert(0).fingerprint() + "\",\"alertId\":\"" + FakeLog.alert(0).id() + "\"}",
          frame.toString());
    }
  }

  @Test
  void aMutedAlertIsToldMarkedAsItIsWhenTold() throws Exception {
    log.append(FakeLog.alert(0));
    server.mark = new Mark(List.of("s1", "s2"), List.of());
    try (SocketClient client = new SocketClient(server.ws("?after=earliest"))) {
      assertEquals("[\"s1\",\"s2\"]", client.nextAlert().get("silencedBy").toString());
      server.mark = new Mark(List.of(), List.of("f"));
      log.append(FakeLog.alert(1));
      JsonNode frame = client.nextAlert();
      assertEquals("[\"f\"]", frame.get("inhibitedBy").toString());
      assertNull(frame.get("silencedBy"));
    }
  }

  @Test
  void leftOutMeansFromNow() throws Exception {
    log.append(0, 5);
    try (SocketClient client = new SocketClient(server.ws(""))) {
      assertEquals(EPOCH + "-4", client.next().get("after").asText());
      log.append(5, 6);
      assertEquals(List.of("key-5"), client.keys(1));
    }
  }

  @Test
  void historyThenLiveWithoutLossOrDoubling() throws Exception {
    log.append(0, 300);
    Thread writer = new Thread(() -> log.append(300, 900));
    writer.start();
    try (SocketClient client = new SocketClient(server.ws("?after=earliest"))) {
      assertEquals(keys(0, 900), client.keys(900));
    }
    writer.join();
  }

  @Test
  void resumesBehindAnId() throws Exception {
    log.append(0, 10);
    try (SocketClient client = new SocketClient(server.ws("?after=" + EPOCH + "-6"))) {
      JsonNode hello = client.next();
      assertEquals(EPOCH + "-6", hello.get("after").asText());
      assertFalse(hello.get("gap").asBoolean());
      assertEquals(keys(7, 10), client.keys(3));
    }
  }

  @Test
  void anotherEpochIsAGapAndEverythingKept() throws Exception {
    log.append(0, 3);
    try (SocketClient client = new SocketClient(server.ws("?after=ffffffff-1"))) {
      assertTrue(client.next().get("gap").asBoolean());
      assertEquals(keys(0, 3), client.keys(3));
    }
  }

  @Test
  void whatIsNoLongerKeptIsAGap() throws Exception {
    log.append(0, 1_010);
    try (SocketClient client = new SocketClient(server.ws("?after=" + EPOCH + "-8"))) {
      JsonNode hello = client.next();
      assertTrue(hello.get("gap").asBoolean());
      assertEquals(EPOCH + "-9", hello.get("after").asText());
      assertEquals(keys(10, 1_010), client.keys(1_000));
    }
    try (SocketClient client = new SocketClient(server.ws("?after=" + EPOCH + "-9"))) {
      assertFalse(client.next().get("gap").asBoolean());
    }
  }

  @Test
  void filtersMatchExactlyAndRepeatedOnesAnyOf() throws Exception {
    log.append(0, 10);
    try (SocketClient client = new SocketClient(server.ws("?after=earliest&key=key-1&key=key-3&key=key-6&severity=critical"))) {
      log.append(FakeLog.alert(3, "the same again"));
      assertEquals(List.of("key-3", "key-6"), client.keys(2));
    }
    try (SocketClient client = new SocketClient(server.ws("?after=earliest&key=key&pipeline=clicks&rule=burst"))) {
      assertEquals("hello", client.next().get("type").asText());
      assertNull(client.frames.poll(200, TimeUnit.MILLISECONDS));
    }
  }

  /** Far more pass by than are kept. */
  @Test
  void whoWantsNoneOfManyAlertsStillGetsItsOwn() throws Exception {
    try (SocketClient one = new SocketClient(server.ws("?key=key-2500&key=key-5000"));
        SocketClient all = new SocketClient(server.ws(""))) {
      one.next();
      all.next();
      for (int from = 0; from <= 5_000; from += 100) {
        log.append(from, from + 100);
        all.keys(100);
      }
      assertEquals(List.of("key-2500", "key-5000"), one.keys(2));
    }
  }

  @Test
  void aDuplicateIsPassedOverAndTwoNodesGiveTheSameIds() throws Exception {
    try (StreamServer other = new StreamServer(1_000, 100, Duration.ofSeconds(25))) {
      FakeLog otherLog = new FakeLog(other.feed, EPOCH);
      for (int n : new int[] {0, 1, 0, 2, 1, 3}) {
        log.append(FakeLog.alert(n));
        otherLog.append(FakeLog.alert(n));
      }
      List<String> expected = List.of(EPOCH + "-0", EPOCH + "-1", EPOCH + "-3", EPOCH + "-5");
      assertEquals(expected, ids(server.ws("?after=earliest"), 4));
      assertEquals(expected, ids(other.ws("?after=earliest"), 4));
      assertEquals(expected.subList(2, 4), ids(other.ws("?after=" + expected.get(1)), 2));
    }
  }

  @Test
  void aSubscriberThatDoesNotReadIsCutOffWith1013AndHarmsNobody() throws Exception {
    try (SocketClient client = new SocketClient(server.ws("")); SocketClient other = new SocketClient(server.ws(""))) {
      client.next();
      other.next();
      client.stopReading();
      String summary = "x".repeat(30_000);
      for (int n = 0; n < 990; n++) {
        log.append(FakeLog.alert(n, summary));
      }
      assertEquals(keys(0, 990), other.keys(990));
      other.close();
      awaitNoSubscribers();
      client.readOn();
      assertEquals(1013, client.closed.get(20, TimeUnit.SECONDS));
      assertTrue(client.frames.size() < 990);
    }
  }

  @Test
  void aBurstDoesNotCutOffWhoReads() throws Exception {
    try (SocketClient client = new SocketClient(server.ws(""))) {
      client.next();
      log.append(0, 990);
      assertEquals(keys(0, 990), client.keys(990));
      Await.pause(Duration.ofMillis(1_500));
      assertFalse(client.closed.isDone());
    }
  }

  @Test
  void aLeavingNodeClosesWith1012AndTakesNoMore() throws Exception {
    try (SocketClient client = new SocketClient(server.ws(""))) {
      client.next();
      server.stream.shutdown();
      assertEquals(1012, client.closed.get(5, TimeUnit.SECONDS));
    }
    assertEquals(503, get("", "text/event-stream").statusCode());
  }

  @Test
  void aLeavingNodeSaysWhereToResume() throws Exception {
    try (SocketClient client = new SocketClient(server.ws(""))) {
      client.next();
      log.append(0, 3);
      String last = client.ids(3).get(2);
      server.stream.shutdown();
      client.closed.get(5, TimeUnit.SECONDS);
      assertTrue(client.reason.endsWith("after=" + last), client.reason);
    }
  }

  @Test
  void aLogCreatedAnewClosesWith1012() throws Exception {
    try (SocketClient client = new SocketClient(server.ws(""))) {
      client.next();
      server.feed.accept(new LogEvent.Opened("00000001", 0, 0));
      assertEquals(1012, client.closed.get(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void aClientsCloseIsAnswered() throws Exception {
    try (SocketClient client = new SocketClient(server.ws(""))) {
      client.next();
      client.sendClose();
      assertEquals(WebSocket.NORMAL_CLOSURE, client.closed.get(5, TimeUnit.SECONDS));
    }
    awaitNoSubscribers();
  }

  @Test
  void heartbeatsAtAFixedRate() throws Exception {
    try (StreamServer quick = new StreamServer(10, 10, Duration.ofMillis(50))) {
      new FakeLog(quick.feed, EPOCH);
      try (SocketClient client = new SocketClient(quick.ws(""))) {
        client.next();
        JsonNode heartbeat = client.next();
        assertEquals("heartbeat", heartbeat.get("type").asText());
        Instant.parse(heartbeat.get("at").asText());
      }
    }
  }

  @Test
  void aMalformedIdIsRefusedBeforeTheUpgrade() throws Exception {
    HttpResponse<String> answer = get("?after=nonsense", "text/event-stream");
    assertEquals(400, answer.statusCode());
    assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(answer.body().contains("\"parameter\":\"after\""), answer.body());
    assertEquals(406, get("", "application/json").statusCode());
  }

  @Test
  void aMalformedIdClosesAWebSocketWith4400() throws Exception {
    try (SocketClient client = new SocketClient(server.ws("?after=nonsense"))) {
      assertEquals(4400, client.closed.get(5, TimeUnit.SECONDS));
      assertTrue(client.reason.startsWith("after: nonsense (expected: "), client.reason);
    }
  }

  @Test
  void anIdThatTheLogHasNotReachedIsAGap() throws Exception {
    log.append(0, 3);
    try (SocketClient client = new SocketClient(server.ws("?after=" + EPOCH + "-99999"))) {
      assertTrue(client.next().get("gap").asBoolean());
      assertEquals(keys(0, 3), client.keys(3));
    }
  }

  @Test
  void beforeTheHistoryIsReadNobodyIsServed() throws Exception {
    try (StreamServer starting = new StreamServer(10, 10, Duration.ofSeconds(25))) {
      starting.feed.accept(new LogEvent.Opened(EPOCH, 0, 2));
      assertEquals(503, get(starting.http(""), "text/event-stream").statusCode());
      starting.feed.accept(new LogEvent.Entry(0, Optional.of(FakeLog.alert(0))));
      starting.feed.accept(new LogEvent.Entry(1, Optional.empty()));
      assertTrue(starting.feed.open());
    }
  }

  @Test
  void serverSentEventsCarryTheSameFramesAndLastEventIdWins() throws Exception {
    log.append(0, 4);
    HttpRequest request = HttpRequest.newBuilder(server.http("?after=earliest"))
        .header("Accept", "text/event-stream")
        .header("Last-Event-ID", EPOCH + "-1")
        .build();
    HttpResponse<Stream<String>> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
    Iterator<String> lines = answer.body().iterator();
    assertEquals("id: " + EPOCH + "-1", lines.next());
    assertEquals("data: {\"type\":\"hello\",\"after\":\"" + EPOCH + "-1\",\"gap\":false}", lines.next());
    assertEquals("", lines.next());
    assertEquals("id: " + EPOCH + "-2", lines.next());
    assertTrue(lines.next().startsWith("data: {\"type\":\"alert\",\"id\":\"" + EPOCH + "-2\""));
    assertEquals("", lines.next());
    assertEquals("id: " + EPOCH + "-3", lines.next());
  }

  private static HttpResponse<String> get(URI uri, String accept) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String query, String accept) throws Exception {
    return get(server.http(query), accept);
  }

  private void awaitNoSubscribers() {
    Await.until("no subscribers", Duration.ofSeconds(20), () -> server.feed.subscribers() == 0);
  }

  private static List<String> ids(URI uri, int count) throws InterruptedException {
    try (SocketClient client = new SocketClient(uri)) {
      client.next();
      return client.ids(count);
    }
  }

  private static List<String> keys(int from, int until) {
    return IntStream.range(from, until).mapToObj(n -> "key-" + n).toList();
  }
}
