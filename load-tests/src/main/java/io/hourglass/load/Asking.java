package io.hourglass.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hourglass.services.Await;
import io.hourglass.services.CassandraServer;
import io.hourglass.services.Checkout;
import io.hourglass.services.KafkaBroker;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How long the larger questions take: all keys of an hour that is open and of one that is closed, a month of one key, one question
 * after the other. The first answers warm the JVM up and are not counted. Fails when an answer is not whole and right.
 */
public final class Asking {
  private static final Path DATA = Checkout.path("target/asking");
  private static final String PIPELINE = "asking";
  private static final int PARTITIONS = 8;
  private static final int HOURS = 31 * 24;
  private static final long HOUR_MS = 3_600_000;
  private static final long FIRST = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long CLOSED = FIRST + HOURS * HOUR_MS;
  private static final long OPEN = CLOSED + HOUR_MS;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int keys = Integer.getInteger("keys", 100_000);
  private final int active = Integer.getInteger("active", 20_000);
  private final int times = Integer.getInteger("times", 300);
  private final KafkaBroker kafka = new KafkaBroker(DATA.resolve("kafka"), Port.free()).fullJit();
  private final CassandraServer cassandra = new CassandraServer(DATA.resolve("cassandra"), Port.free()).fullJit().heap("1g");
  private final int http = Port.free();
  private final NodeProcess node = new NodeProcess("node", DATA);
  private final HttpClient client = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    Asking test = new Asking();
    Runtime.getRuntime().addShutdownHook(new Thread(test::stop, "asking-stop"));
    test.run();
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    Services.empty(DATA);
    Files.createDirectories(DATA);
    Services.startTogether(kafka, cassandra);
    kafka.createTopics(PARTITIONS, PIPELINE);
    node.services(kafka, cassandra).ports(http, Port.free(), Port.free()).options("-Xmx2g").configuration(configuration())
        .property("hourglass.cassandra.create-schema", "on").property("logback.configurationFile", Checkout.path("conf/logback.xml").toString());
    node.start();
    fill();
    String windows = "/v1/pipelines/" + PIPELINE + "/windows/";
    String month = "/v1/pipelines/" + PIPELINE + "/entities/" + Events.key(0) + "/windows?limit=1000&from=" + FIRST + "&to=" + CLOSED;
    Predicate<JsonNode> whole = answer -> answer.path("complete").asBoolean() && answer.path("items").size() == 10;
    ask("top of the open hour, %,d keys, %,d in memory".formatted(keys, active), windows + OPEN + "/top?by=bytes.sum&limit=10", whole);
    ask("top of a closed hour", windows + CLOSED + "/top?by=bytes.sum&limit=10", whole);
    ask("a closed hour of all keys", windows + CLOSED, answer -> answer.path("count").asLong() == keys);
    ask("a month of one key, %d hours".formatted(HOURS), month, answer -> answer.path("items").size() == HOURS);
    ask("the same by day", month + "&resolution=day", answer -> answer.path("items").size() == 31 && counts(answer) == HOURS);
    ask("the same as a month", month + "&resolution=month", answer -> answer.path("items").size() == 1 && counts(answer) == HOURS);
  }

  private static long counts(JsonNode answer) {
    long count = 0;
    for (JsonNode item : answer.path("items")) {
      count += item.path("count").asLong();
    }
    return count;
  }

  /** A month of one key, then an event of every key in each of two hours. */
  private void fill() {
    Filling filling = new Filling(kafka);
    filling.all(PIPELINE, IntStream.range(0, HOURS).mapToObj(hour -> new Filling.Plain(Events.key(0), FIRST + hour * HOUR_MS + 60_000, hour)));
    LongStream.of(CLOSED, OPEN).forEach(hour -> filling.all(PIPELINE,
        IntStream.range(0, keys).mapToObj(key -> new Filling.Plain(Events.key(key), hour + 600_000, key % 1_000))));
    Api api = new Api(http, PIPELINE);
    long events = HOURS + 2L * keys;
    Await.until(events + " events are durable", PATIENCE, () -> api.progress().filter(now -> now.end() == events && now.durable()).isPresent());
    Await.until("the hour of all keys is closed", PATIENCE, () -> api.counter("hourglass_windows_closed_total") >= HOURS + keys);
  }

  private void ask(String what, String path, Predicate<JsonNode> right) throws IOException, InterruptedException {
    long[] nanos = new long[times];
    for (int i = -times / 3; i < times; i++) {
      long asked = System.nanoTime();
      String answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path)).timeout(Duration.ofSeconds(30)).build(),
          HttpResponse.BodyHandlers.ofString()).body();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - asked;
      }
      if (!right.test(JSON.readTree(answer))) {
        throw new IllegalStateException(path + ": " + answer.substring(0, Math.min(500, answer.length())));
      }
    }
    Arrays.sort(nanos);
    System.out.printf("%s: median %d ms, 99 %% within %d ms, slowest %d ms%n", what, nanos[times / 2] / 1_000_000, nanos[times * 99 / 100] / 1_000_000,
        nanos[times - 1] / 1_000_000);
  }

  private Path configuration() throws IOException {
    return Files.writeString(DATA.resolve("asking.conf"), """
        hourglass { cassandra.keyspace = asking, entities.active-limit = %d }
        hourglass.pipelines.%s {
          source { topic = %s }
          timestamp = ts
          measures { bytes { field = bytes, aggregates = [sum, min, max, p95] } }
        }
        """.formatted(active, PIPELINE, PIPELINE));
  }

  private void stop() {
    node.stop();
    kafka.stop();
    cassandra.stop();
  }
}
