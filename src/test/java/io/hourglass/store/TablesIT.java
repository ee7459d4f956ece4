package io.hourglass.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import com.datastax.oss.driver.api.core.CqlSession;
import io.hourglass.alert.Alert;
import io.hourglass.entity.Shards;
import io.hourglass.services.Services;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.Oddness;
import io.hourglass.window.Frequent;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowResult.MeasureResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The read tables in a real Cassandra, in a keyspace of their own. */
class TablesIT {
  private static final String KEYSPACE = "tables_it";
  private static final long HOUR = 3_600_000;
  private static final long NOON = Instant.parse("1995-08-01T12:00:00Z").toEpochMilli();

  private static CqlSession session;
  private static ActorSystem system;

  private final Pipeline pipeline = Samples.hourly("p" + System.nanoTime(), "UTC");
  private final Tables tables = tables(pipeline);

  @BeforeAll
  static void connect() {
    session = CqlSession.builder()
        .addContactPoint(Services.cassandra().contactPoint())
        .withLocalDatacenter("datacenter1")
        .build();
    session.execute("DROP KEYSPACE IF EXISTS " + KEYSPACE);
    SchemaScript.apply(session, KEYSPACE, "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    SchemaScript.apply(session, KEYSPACE, "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    system = ActorSystem.create();
  }

  @AfterAll
  static void close() {
    session.close();
    system.terminate();
  }

  private static Tables tables(Pipeline pipeline) {
    return new Tables(() -> CompletableFuture.completedFuture(session), KEYSPACE, List.of(pipeline));
  }

  private WindowRow row(String key, long start, int partition) {
    return new WindowRow(pipeline.name(), key, Shards.of(key, pipeline.shards()), partition, start, start + HOUR);
  }

  private static WindowResult closed(long start, long count) {
    return new WindowResult(start, start + HOUR, "watermark", 1, start + HOUR + 1, count, 0,
        Map.of("bytes", new MeasureResult(count, Map.of("sum", 1.5, "distinct", 3.0), List.of(new Frequent("/", 40, 2)))));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static StoredWindow stored(WindowResult window) {
    return new StoredWindow(window, Map.of("bytes.quantiles", new byte[] {1, 2, -3}));
  }

  @Test
  void whatAddsUpToLongerTimesIsKeptBesideTheResults() {
    get(tables.closed(row("k", NOON, 0), stored(closed(NOON, 7))));
    get(tables.opened(row("k", NOON + HOUR, 0)));
    List<Summand> found = get(tables.summands(pipeline, "k", NOON, NOON + 2 * HOUR, 10));
    assertEquals(List.of(NOON + HOUR, NOON), found.stream().map(each -> each.window().start()).toList());
    assertEquals(Map.of(), found.get(0).stored().sketches());
    assertEquals(closed(NOON, 7), found.get(1).window());
    assertArrayEquals(new byte[] {1, 2, -3}, found.get(1).stored().sketches().get("bytes.quantiles"));
  }

  private StoredWindow summed(long start, long end, long count) {
    WindowResult total = new WindowResult(start, end, "watermark", 1, end + 1, count, 2, Map.of("bytes", new MeasureResult(count, Map.of("sum", 1.5), List.of())));
    return stored(total);
  }

  private DayPart part(long day, int from, int to) {
    return new DayPart("k", day, summed(day + from * HOUR, day + to * HOUR, to - from), IntStream.range(from, to).mapToObj(hour -> day + hour * HOUR).toList());
  }

  private int summands(long from, long to) {
    return get(tables.summands(pipeline, "k", from, to, 1_000)).stream().mapToInt(each -> each.starts().size()).sum();
  }

  /** A bucket goes from windows to days in steps; whoever adds up takes each window once at every step. */
  @Test
  void windowsBeyondRetentionBecomeDays() {
    long midnight = NOON - 12 * HOUR;
    int shard = Shards.of("k", pipeline.shards());
    long bucket = midnight / (24 * HOUR);
    IntStream.range(0, 48).forEach(hour -> get(tables.closed(row("k", midnight + hour * HOUR, 0), stored(closed(midnight + hour * HOUR, 1)))));
    assertEquals(List.of(bucket), get(tables.before(pipeline, shard, midnight + 47 * HOUR)));
    List<KeyRow> rows = new ArrayList<>();
    get(tables.rows(pipeline, shard, bucket, rows::add));
    assertEquals(IntStream.range(0, 24).mapToObj(hour -> midnight + hour * HOUR).toList(), rows.stream().map(each -> each.window().start()).toList());
    assertArrayEquals(new byte[] {1, 2, -3}, rows.get(7).stored().sketches().get("bytes.quantiles"));

    get(tables.write(pipeline, shard, bucket, List.of(part(midnight, 0, 20))));
    assertEquals(48, summands(Long.MIN_VALUE, Long.MAX_VALUE));
    assertEquals(List.of(part(midnight, 0, 20).starts()), get(tables.parts(pipeline, shard, bucket)).stream().map(DayPart::starts).toList());
    get(tables.write(pipeline, shard, bucket, List.of(part(midnight, 0, 24))));
    List<Summand> folded = get(tables.summands(pipeline, "k", Long.MIN_VALUE, Long.MAX_VALUE, 1_000));
    assertEquals(25, folded.size());
    assertTrue(folded.get(24).folded());
    assertEquals(summed(midnight, midnight + 24 * HOUR, 24).window(), folded.get(24).window());
    assertArrayEquals(new byte[] {1, 2, -3}, folded.get(24).stored().sketches().get("bytes.quantiles"));
    assertEquals(48, get(tables.windows(pipeline, "k", Long.MIN_VALUE, Long.MAX_VALUE, 1_000)).size());

    get(tables.remove(pipeline, shard, bucket, 1_000));
    assertEquals(48, get(tables.windows(pipeline, "k", Long.MIN_VALUE, Long.MAX_VALUE, 1_000)).size());
    get(tables.remove(pipeline, shard, bucket, System.currentTimeMillis() * 1_000 + 1_000_000));
    assertEquals(List.of(bucket), get(tables.before(pipeline, shard, midnight + 24 * HOUR)), "something may have come into it meanwhile");
    get(tables.remove(pipeline, shard, bucket, System.currentTimeMillis() * 1_000 + 30_000_000));
    assertEquals(List.of(), get(tables.before(pipeline, shard, midnight + 24 * HOUR)));
    assertEquals(24, get(tables.windows(pipeline, "k", Long.MIN_VALUE, Long.MAX_VALUE, 1_000)).size());
    assertEquals(Optional.empty(), get(tables.window(pipeline, "k", midnight)));
    assertEquals(48, summands(Long.MIN_VALUE, Long.MAX_VALUE));
    assertEquals(24, summands(Long.MIN_VALUE, midnight + 24 * HOUR));
    assertEquals(24, summands(midnight + 24 * HOUR, midnight + 48 * HOUR));
  }

  @Test
  void aWindowOpensAndCloses() {
    get(tables.opened(row("k", NOON, 0)));
    WindowResult open = get(tables.window(pipeline, "k", NOON)).orElseThrow();
    assertNull(open.closedBy());
    assertEquals(0, open.count());
    get(tables.closed(row("k", NOON, 0), stored(closed(NOON, 7))));
    assertEquals(Optional.of(closed(NOON, 7)), get(tables.window(pipeline, "k", NOON)));
    assertEquals(Optional.empty(), get(tables.window(pipeline, "other", NOON)));
  }

  @Test
  void anOpenRowThatComesLaterLeavesTheValues() {
    get(tables.closed(row("k", NOON, 0), stored(closed(NOON, 7))));
    get(tables.opened(row("k", NOON, 0)));
    assertEquals(Optional.of(closed(NOON, 7)), get(tables.window(pipeline, "k", NOON)));
    get(tables.late(row("k", NOON, 0), 4));
    assertEquals(4, get(tables.window(pipeline, "k", NOON)).orElseThrow().late());
    assertEquals(7, get(tables.window(pipeline, "k", NOON)).orElseThrow().count());
  }

  @Test
  void lateEventsOfAWindowThatNeverOpenedAreToldAsClosed() {
    get(tables.late(row("k", NOON, 0), 2));
    WindowResult window = get(tables.window(pipeline, "k", NOON)).orElseThrow();
    assertEquals("watermark", window.closedBy());
    assertEquals(2, window.late());
    assertEquals(0, window.count());
  }

  @Test
  void aRangeIsNewestFirstHalfOpenAndLimited() {
    List<CompletionStage<?>> writes = new ArrayList<>();
    IntStream.range(0, 24 * 40).forEach(i -> {
      writes.add(tables.opened(row("k", NOON + i * HOUR, 0)));
      writes.add(tables.closed(row("k", NOON + i * HOUR, 0), stored(closed(NOON + i * HOUR, i))));
    });
    writes.forEach(TablesIT::get);
    List<WindowResult> all = get(tables.windows(pipeline, "k", Long.MIN_VALUE, Long.MAX_VALUE, 10_000));
    assertEquals(24 * 40, all.size());
    assertEquals(24 * 40 - 1, all.get(0).count());
    assertEquals(0, all.get(all.size() - 1).count());
    assertEquals(10, get(tables.windows(pipeline, "k", 0, Long.MAX_VALUE, 10)).size());
    assertEquals(List.of(closed(NOON + HOUR, 1), closed(NOON, 0)),
        get(tables.windows(pipeline, "k", NOON, NOON + 2 * HOUR, 100)));
  }

  @Test
  void keysOpenedByAPartitionAreFoundUntilTheyClose() {
    for (String key : List.of("a", "b", "c")) {
      get(tables.opened(row(key, NOON, 3)));
    }
    get(tables.opened(row("d", NOON, 4)));
    get(tables.closed(row("b", NOON, 3), stored(closed(NOON, 1))));
    List<String> keys = new ArrayList<>();
    for (OpenHour hour : get(tables.openHours(pipeline, 3, NOON, NOON + 1))) {
      keys.addAll(get(tables.openKeys(pipeline, 3, hour).runWith(Sink.seq(), system)));
    }
    assertEquals(List.of("a", "c"), keys.stream().sorted().toList());
    assertEquals(List.of(), get(tables.openHours(pipeline, 3, NOON + 1, Long.MAX_VALUE)));
  }

  @Test
  void keysAreSortedOverAllShards() {
    List<String> keys = IntStream.range(0, 3000).mapToObj(i -> String.format("k%05d", i)).toList();
    List<CompletionStage<?>> writes = new ArrayList<>();
    keys.forEach(key -> writes.add(tables.opened(row(key, NOON, 0))));
    List.of("\uFFFD-replacement", "\uD83D\uDE00-smile", "a/b %?").forEach(key -> writes.add(tables.opened(row(key, NOON, 0))));
    writes.forEach(TablesIT::get);
    List<String> read = new ArrayList<>();
    String after = null;
    do {
      Page<String> page = get(tables.keys(pipeline, "k", after, 700));
      read.addAll(page.items());
      after = page.next();
    } while (after != null);
    assertEquals(keys, read);
    assertEquals("a/b %?", get(tables.keys(pipeline, "", null, 1)).items().get(0));
    assertEquals(List.of("\uFFFD-replacement", "\uD83D\uDE00-smile"), get(tables.keys(pipeline, "", "z", 10)).items());
    assertEquals(100, get(tables.keys(pipeline, "k001", null, 1000)).items().size());
  }

  private Alert alert(String key, long at, Long ends) {
    return new Alert((ends == null ? "f-" : "r-") + key, ends == null ? "firing" : "resolved", pipeline.name(), "burst", key,
        "warning", "much", 1001, NOON, NOON + HOUR, at, ends, 5, "fp", "e-" + key, Map.of("team", "web"), "more of it", new Oddness(0.75, 3, 0.5), at - 1);
  }

  @Test
  void alertsAreListedNewestFirstAndStayResolved() {
    long day = 24 * HOUR;
    List<Alert> written = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      written.add(0, alert("k" + i, NOON + i / 2 * (day / 5), null));
    }
    written.stream().map(tables::alert).toList().forEach(TablesIT::get);
    AlertQuery mine = new AlertQuery(Optional.empty(), Optional.of(pipeline.name()), Optional.empty(), Optional.empty(),
        Optional.empty(), Long.MIN_VALUE, Long.MAX_VALUE);
    List<Alert> read = new ArrayList<>();
    String cursor = null;
    do {
      Page<Alert> page = get(tables.alerts(mine, cursor, 7));
      read.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    assertEquals(written.stream().map(Alert::startsAt).toList(), read.stream().map(Alert::startsAt).toList());
    assertEquals(java.util.Set.copyOf(written), java.util.Set.copyOf(read));

    get(tables.alert(alert("k0", NOON, NOON + 9)));
    get(tables.alert(alert("k0", NOON, null)));
    AlertQuery resolved = new AlertQuery(Optional.of("resolved"), Optional.of(pipeline.name()), Optional.empty(),
        Optional.empty(), Optional.empty(), NOON, NOON + 1);
    assertEquals(List.of(alert("k0", NOON, NOON + 9)), get(tables.alerts(resolved, null, 10)).items());
    CompletionException bad = assertThrows(CompletionException.class, () -> get(tables.alerts(mine, "?", 1)));
    assertEquals(BadCursor.class, bad.getCause().getClass());
  }

  @Test
  void aPageOfRareAlertsEndsBeforeAllOthersAreLookedAt() {
    Cql cql = new Cql(() -> CompletableFuture.completedFuture(session), KEYSPACE);
    AlertsTable table = new AlertsTable(cql, new TableWriter(cql, TableWriter.Limits.DEFAULT), new AlertPage.Cost(10, Duration.ofMinutes(1)));
    for (int i = 0; i < 35; i++) {
      get(table.write(alert("rare" + i, NOON + i * 2 * HOUR, i == 2 ? NOON + 5 * HOUR : null)));
    }
    AlertQuery rare = new AlertQuery(Optional.of("resolved"), Optional.of(pipeline.name()), Optional.empty(), Optional.empty(), Optional.empty(),
        NOON, NOON + 70 * HOUR);
    List<Alert> read = new ArrayList<>();
    Page<Alert> page = get(table.page(rare, null, 5));
    assertTrue(page.items().isEmpty() && page.next() != null, page::toString);
    while (page.next() != null) {
      page = get(table.page(rare, AlertCursor.parse(page.next()), 5));
      read.addAll(page.items());
    }
    assertEquals(List.of("rare2"), read.stream().map(Alert::key).toList());
    AlertsTable slow = new AlertsTable(cql, new TableWriter(cql, TableWriter.Limits.DEFAULT), new AlertPage.Cost(20_000, Duration.ZERO));
    Page<Alert> first = get(slow.page(rare, null, 5));
    assertTrue(first.items().isEmpty() && first.next() != null, first::toString);
  }

  @Test
  void whatFailedMayBeRepeated() {
    AtomicBoolean away = new AtomicBoolean(true);
    Tables flaky = new Tables(() -> away.get()
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(session), KEYSPACE, List.of(pipeline));
    assertThrows(CompletionException.class, () -> get(flaky.opened(row("k", NOON, 0))));
    assertThrows(CompletionException.class, () -> get(flaky.window(pipeline, "k", NOON)));
    away.set(false);
    get(flaky.opened(row("k", NOON, 0)));
    assertFalse(get(flaky.openHours(pipeline, 0, NOON, NOON + 1)).isEmpty());
    assertEquals(List.of("k"), get(flaky.keys(pipeline, "", null, 5)).items());
  }
}
