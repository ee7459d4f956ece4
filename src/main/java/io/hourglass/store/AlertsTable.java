package io.hourglass.store;

import akka.Done;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.hourglass.alert.Alert;
import io.hourglass.window.Oddness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Alerts by the day they start, newest first, one row for each time that a rule fired over a key. An alert that
 * is told to fire again after it was resolved stays resolved: the end has columns of its own.
 *
 * <p>A page reads the days that have alerts from the newest back and filters them here: what it costs
 * grows with the alerts passed over, not with those found, so it ends when it has cost enough.
 */
final class AlertsTable {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final int REMEMBERED = 10_000;
  private static final String COMMON = "INSERT INTO %s.alert_episodes (day, starts_at, episode, pipeline, rule, key, window_start, window_end,"
      + " severity, more, summary, description, value, fingerprint, anomaly, active_at, ";
  private static final String FIRING = COMMON + "id, emitted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String RESOLVED = COMMON + "resolved_id, resolved_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String DAY = "INSERT INTO %s.alert_days (scope, day) VALUES ('all', ?)";
  private static final String DAYS = "SELECT day FROM %s.alert_days WHERE scope = 'all' AND day >= ? AND day <= ?";
  private static final String ALERTS = "SELECT * FROM %s.alert_episodes WHERE day = ?";
  private static final String ALERTS_AFTER =
      ALERTS + " AND (starts_at, episode) < (?, ?)";

  private static final String ALERT = ALERTS + " AND starts_at = ? AND episode = ?";

  private record Day(long day) {}

  private final AlertPage.Cost cost;
  private final Cql cql;
  private final TableWriter writer;
  private final AlertPlaces places;
  private final WrittenOnce<Day> days = new WrittenOnce<>(REMEMBERED);

  AlertsTable(Cql cql, TableWriter writer) {
    this(cql, writer, AlertPage.Cost.DEFAULT);
  }

  AlertsTable(Cql cql, TableWriter writer, AlertPage.Cost cost) {
    this.cost = cost;
    this.cql = cql;
    this.writer = writer;
    this.places = new AlertPlaces(cql);
  }

  CompletionStage<Done> write(Alert alert) {
    Day day = new Day(day(alert.startsAt()));
    CompletionStage<Done> index = days.write(day, () -> writer.write("alert_days", cql.bind(DAY, day.day())));
    CompletionStage<Done> row = writer.write(day, statement(alert, day.day()));
    return index.thenCombine(row, (one, other) -> other).thenCombine(places.write(alert, day.day()), (one, other) -> other);
  }

  private static long day(long at) {
    return Math.floorDiv(at, DAY_MS);
  }

  private CompletionStage<BoundStatement> statement(Alert alert, long day) {
    List<Object> values = new ArrayList<>(List.of(day, alert.startsAt(), alert.episode(), alert.pipeline(), alert.rule(), alert.key(),
        alert.windowStart(), alert.windowEnd(), alert.severity(), alert.more(), alert.summary(), alert.description(), alert.value(),
        alert.fingerprint(), oddness(alert.anomaly())));
    values.add(alert.activeAt());
    values.add(alert.id());
    values.add(alert.emittedAt());
    if (alert.endsAt() == null) {
      return cql.bind(FIRING, values.toArray());
    }
    values.add(alert.endsAt());
    return cql.bind(RESOLVED, values.toArray());
  }

  /** The alert with this id, as it fired or as it was resolved; empty when there is none. */
  CompletionStage<Optional<AlertLife>> life(String id) {
    return places.find(id).thenCompose(found -> found.isEmpty() ? CompletableFuture.completedFuture(Optional.empty())
        : cql.read(ALERT, found.get().day(), found.get().startsAt(), found.get().episode())
            .thenApply(result -> Optional.ofNullable(result.one()).map(AlertsTable::life)));
  }

  private static AlertLife life(Row row) {
    boolean fired = !row.isNull("id");
    boolean resolved = !row.isNull("resolved_id");
    return new AlertLife(alert(row), row.getString("id"), fired ? row.getLong("emitted_at") : null,
        row.getString("resolved_id"), resolved ? row.getLong("resolved_at") : null);
  }

  /** May hold fewer than {@code limit}, even none, and still have a next one: {@link AlertPage.Cost}. */
  CompletionStage<Page<Alert>> page(AlertQuery query, AlertCursor cursor, int limit) {
    long newest = Math.min(day(query.to()), cursor == null ? Long.MAX_VALUE : day(cursor.startsAt()));
    AlertPage page = new AlertPage(query, limit, cost);
    return cql.read(DAYS, day(query.from()), newest)
        .thenCompose(result -> Rows.all(result, row -> row.getLong("day")))
        .thenCompose(found -> days(page, cursor, found));
  }

  private CompletionStage<Page<Alert>> days(AlertPage page, AlertCursor cursor, List<Long> left) {
    if (left.isEmpty() || page.late()) {
      return CompletableFuture.completedFuture(page.page());
    }
    return day(left.get(0), cursor)
        .thenCompose(rows -> take(page, rows))
        .thenCompose(full -> full ? CompletableFuture.completedFuture(page.page()) : days(page, cursor, left.subList(1, left.size())));
  }

  private CompletionStage<AsyncResultSet> day(long day, AlertCursor after) {
    return after == null || day(after.startsAt()) != day
        ? cql.read(ALERTS, day)
        : cql.read(ALERTS_AFTER, day, after.startsAt(), after.episode());
  }

  /** Whether the page is full. */
  private CompletionStage<Boolean> take(AlertPage page, AsyncResultSet rows) {
    for (Row row : rows.currentPage()) {
      if (!page.take(alert(row))) {
        return CompletableFuture.completedFuture(true);
      }
    }
    return rows.hasMorePages() && !page.late()
        ? rows.fetchNextPage().thenCompose(next -> take(page, next))
        : CompletableFuture.completedFuture(page.late());
  }

  private static Alert alert(Row row) {
    boolean resolved = !row.isNull("ends_at");
    return new Alert(row.getString(resolved ? "resolved_id" : "id"), resolved ? "resolved" : "firing",
        row.getString("pipeline"), row.getString("rule"), row.getString("key"), row.getString("severity"),
        row.getString("summary"), row.getDouble("value"), row.getLong("window_start"), row.getLong("window_end"),
        row.getLong("starts_at"), resolved ? row.getLong("ends_at") : null,
        row.getLong(resolved ? "resolved_at" : "emitted_at"), row.getString("fingerprint"),
        row.getString("episode"), row.getMap("more", String.class, String.class), row.getString("description"),
        oddness(row.getList("anomaly", Double.class)), row.isNull("active_at") ? null : row.getLong("active_at"));
  }

  /** Score, expected value and grade; nothing of other alerts. */
  private static List<Double> oddness(Oddness anomaly) {
    return anomaly == null ? List.of() : List.of(anomaly.score(), anomaly.expected(), anomaly.grade());
  }

  private static Oddness oddness(List<Double> anomaly) {
    return anomaly == null || anomaly.isEmpty() ? null : new Oddness(anomaly.get(0), anomaly.get(1), anomaly.get(2));
  }
}
