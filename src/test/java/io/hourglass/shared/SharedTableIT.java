package io.hourglass.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.hourglass.services.Await;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.Port;
import io.hourglass.shared.SharedTable.Change;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables of several nodes on a real broker. */
@Timeout(120)
class SharedTableIT {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir static Path directory;
  private static KafkaBroker broker;
  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
    broker = new KafkaBroker(directory.resolve("kafka"), Port.free());
    broker.start();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
    broker.stop();
  }

  @Test
  void aNodeReadsWhatItWroteAtOnceAndOthersSoon() throws Exception {
    try (SharedTable one = open("soon"); SharedTable other = open("soon")) {
      long first = done(one.put("a", bytes("1")));
      assertEquals(Map.of("a", "1"), texts(one));
      Await.until("the other has it", SOON, () -> texts(other).equals(Map.of("a", "1")));
      long second = done(other.put("a", bytes("2")));
      assertTrue(second > first);
      assertEquals(second, other.get("a").orElseThrow().version());
      assertEquals(System.currentTimeMillis(), other.get("a").orElseThrow().writtenAt(), 5_000);
      Await.until("the first has it", SOON, () -> texts(one).equals(Map.of("a", "2")));
    }
  }

  @Test
  void listenersAreToldOfEveryChangeInOrderButNotOfHistory() throws Exception {
    try (SharedTable one = open("told")) {
      done(one.put("old", bytes("0")));
      try (SharedTable other = open("told")) {
        List<Change> changes = new CopyOnWriteArrayList<>();
        other.listen(changes::add);
        IntStream.range(0, 20).forEach(n -> one.put("k" + n % 3, bytes("" + n)));
        done(one.remove("old"));
        Await.until("all changes", SOON, () -> changes.size() == 21);
        assertEquals(changes.stream().map(Change::version).sorted().toList(), changes.stream().map(Change::version).toList());
        assertTrue(changes.get(20).entry().isEmpty());
        assertEquals(texts(one), texts(other));
      }
    }
  }

  @Test
  void aNodeThatStartsReadsAllAndNothingThatWasRemoved() throws Exception {
    try (SharedTable table = open("restart")) {
      IntStream.range(0, 500).forEach(n -> table.put("k" + n % 100, bytes("" + n)));
      done(table.remove("k7"));
    }
    try (SharedTable again = open("restart")) {
      assertEquals(99, again.all().size());
      assertEquals("408", texts(again).get("k8"));
    }
  }

  @Test
  void goesOnAfterKafkaWasAway() throws Exception {
    try (SharedTable one = open("away"); SharedTable other = open("away")) {
      done(one.put("a", bytes("1")));
      CompletionStage<Long> meanwhile;
      broker.stop();
      meanwhile = one.put("b", bytes("2"));
      broker.start();
      meanwhile.toCompletableFuture().handle((version, failure) -> version).get(60, TimeUnit.SECONDS);
      done(one.put("c", bytes("3")));
      Await.until("the other has it", PATIENCE, () -> "3".equals(texts(other).get("c")) && "1".equals(texts(other).get("a")));
    }
  }

  @Test
  void aTopicCreatedAnewIsReadAnew() throws Exception {
    try (SharedTable table = open("anew")) {
      IntStream.range(0, 10).forEach(n -> table.put("k" + n, bytes("" + n)));
      done(table.put("last", bytes("1")));
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
        admin.deleteTopics(List.of("anew")).all().get(10, TimeUnit.SECONDS);
      }
      try (SharedTable other = open("anew")) {
        done(other.put("new", bytes("1")));
        Await.until("only what the new topic holds", PATIENCE, () -> texts(table).equals(Map.of("new", "1")));
      }
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    try (SharedTable table = open("large")) {
      done(table.put("fits", new byte[SharedTable.MOST_VALUE_BYTES]));
      assertEquals("large: k: a value of 65537 bytes (expected: <= 65536)", refused(table.put("k", new byte[65_537])));
      assertEquals("large: a key of 0 bytes (expected: 1 to 1024)", refused(table.remove("")));
      assertEquals("large: a key of 1025 bytes (expected: 1 to 1024)", refused(table.remove("x".repeat(1_025))));
    }
  }

  private static String refused(CompletionStage<Long> stage) {
    return assertThrows(CompletionException.class, () -> stage.toCompletableFuture().join()).getCause().getMessage();
  }

  private static SharedTable open(String topic) throws Exception {
    SharedTable table = SharedTable.open(broker.bootstrap(), topic, kit.system());
    done(table.loaded());
    return table;
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static Map<String, String> texts(SharedTable table) {
    Map<String, String> texts = new TreeMap<>();
    table.all().forEach((key, entry) -> texts.put(key, new String(entry.value(), StandardCharsets.UTF_8)));
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
