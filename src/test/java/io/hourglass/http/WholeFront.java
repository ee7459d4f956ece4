package io.hourglass.http;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import com.typesafe.config.ConfigFactory;
import io.hourglass.alert.Alert;
import io.hourglass.alert.AlertFeed;
import io.hourglass.alert.AlertStream;
import io.hourglass.alert.Alerts;
import io.hourglass.alert.LogEvent;
import io.hourglass.alert.Mark;
import io.hourglass.http.prometheus.PrometheusRoutes;
import io.hourglass.query.ClusterState;
import io.hourglass.query.DryRuns;
import io.hourglass.query.EventIntake;
import io.hourglass.query.Letters;
import io.hourglass.query.PartitionStatus;
import io.hourglass.query.Progress;
import io.hourglass.query.RankedKey;
import io.hourglass.query.ReadPoint;
import io.hourglass.query.WholeWindow;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.shared.TableInMemory;
import io.hourglass.silence.Silences;
import io.hourglass.store.Samples;
import io.hourglass.window.KeyResult;
import io.hourglass.window.KeysTotal;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.SeenOffset;
import io.hourglass.window.Source;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowResult.MeasureResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Every route of a node on a port of its own, over fakes: one pipeline, {@code clicks}, with one key, {@code h}. */
final class WholeFront implements AutoCloseable {
  static final long HOUR = 3_600_000;
  static final long TEN = Instant.parse("1995-08-01T10:00:00Z").toEpochMilli();

  private static final Pipeline CLICKS = Samples.hourly("clicks", "Europe/Berlin");
  private static final List<Pipeline> PIPELINES = List.of(CLICKS);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(TEN + HOUR / 2));
  private static final Settings.Http HTTP = new Settings.Http("127.0.0.1", 0, Duration.ofSeconds(3));
  private static final ClusterState CLUSTER = new ClusterState("n1", "n1",
      List.of(new ClusterState.Member("n1", 7, "0.1.0+2-release", "up", true, List.of())),
      List.of(new ClusterState.Placement("clicks", 4, List.of(new ClusterState.Holding("n1", new TreeMap<>(Map.of(2, 5, 0, 1)), List.of(0))),
          List.of(1, 3), List.of(), List.of())));

  private static final PartitionStatus PARTITION = new PartitionStatus(0, "n1", TEN, 5, 4, 7);
  private static final Progress.Now NOW = new Progress.Now(List.of(new Progress.Partition(PARTITION, false, TEN, TEN)), List.of(1), false);

  private final ActorSystem<Void> system;
  private final FakeHistory history = new FakeHistory();
  private final FakeRules rules = new FakeRules();
  private final ServerBinding binding;

  WholeFront() {
    system = ActorSystem.create(Behaviors.empty(), "whole", ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = ERROR")
        .withFallback(ConfigFactory.parseResources("node.conf").withOnlyPath("akka.http")).withFallback(ConfigFactory.load()));
    history.rows.put("h", List.of(window(TEN, null, 4), window(TEN - HOUR, "watermark", 8)));
    history.alerts.add(alert());
    rules.put(CLICKS, "many", "{\"when\":\"window.count > 5\"}");
    FakeKeys keys = new FakeKeys(Map.of("h", held(), "h@durable", held()));
    ApiRoutes routes = new ApiRoutes(system, PIPELINES, keys, keys, history,
        pipeline -> CompletableFuture.completedFuture(List.of(PARTITION)), WholeFront::alert,
        () -> CompletableFuture.completedFuture(CLUSTER), alert -> new Mark(List.of("s1"), List.of()), rules, others(keys));
    binding = HttpFront.start(system, HTTP, routes.sealed()).toCompletableFuture().join();
  }

  private List<Route> others(FakeKeys keys) {
    Optional<Silences> silences = Optional.of(Silences.open(new TableInMemory(), CLOCK).toCompletableFuture().join());
    return List.of(
        new SilenceRoutes(() -> silences, CLOCK).route(),
        new EventRoutes(PIPELINES, WholeFront::taken, new Settings.Intake(100_000, 1_000, Duration.ofSeconds(1))).route(),
        new LetterRoutes(PIPELINES, (pipeline, asked) -> CompletableFuture.completedFuture(letters(asked))).route(),
        new DryRunRoutes(PIPELINES, rules, (pipeline, rule, events) -> CompletableFuture.completedFuture(OUTCOME), WholeFront::alert).route(),
        new WindowRoutes(PIPELINES, (pipeline, start, ranking) -> CompletableFuture.completedFuture(whole(start)), pipeline -> CompletableFuture.completedFuture(NOW), CLOCK).route(),
        new PrometheusRoutes(system, PIPELINES, keys, history, CLOCK).route(),
        stream().route());
  }

  private static final RaisedAlert RAISED = new RaisedAlert("burst", "warning", "much", TEN, 1001, TEN + 5);
  private static final DryRuns.Outcome OUTCOME = new DryRuns.Outcome(8, 1, 0, 2, TEN, TEN + 9, List.of(new DryRuns.Raised("h", RAISED)));

  private static WindowResult window(long start, String closedBy, long count) {
    return new WindowResult(start, start + HOUR, closedBy, 1, start + HOUR / 2, count, 0, Map.of("bytes", new MeasureResult(count, Map.of("sum", 12.5), List.of())));
  }

  private static KeyResult held() {
    return new KeyResult(List.of(new SeenOffset(new Source("T", 0), 9)), TEN, List.of(window(TEN, null, 4), window(TEN - HOUR, "watermark", 8)), List.of(RAISED), 0);
  }

  private static Alert alert(Pipeline pipeline, String key, RaisedAlert raised) {
    return Alerts.of(pipeline.name(), key, raised, raised.start() + HOUR, raised.at());
  }

  private static Alert alert() {
    return new Alert("id1", "firing", "clicks", "burst", "h", "warning", "much", 1001, TEN, TEN + HOUR, TEN + 5, null, TEN + 9, "fp", "id1", Map.of(), "", null, null);
  }

  private static CompletableFuture<EventIntake.Receipt> taken(Pipeline pipeline, Optional<String> key, List<EventIntake.Line> lines) {
    ReadPoint.Writing writing = new ReadPoint.Writing("T");
    writing.wrote("h", 0, 9);
    return CompletableFuture.completedFuture(new EventIntake.Receipt(lines.size() - 1, List.of(new EventIntake.Rejection(1, "not-json", "nothing")), writing.point()));
  }

  private static Letters.Found letters(Letters.Asked asked) {
    Long window = asked.kind() == Letters.Kind.LATE ? TEN : null;
    return new Letters.Found(List.of(new Letters.Letter("clicks", 3, 17, TEN, "not-json", "nothing", TEN + 5, new byte[] {'k'}, new byte[] {-1}, 1, window)), Map.of(3, 17L));
  }

  private static WholeWindow whole(long start) {
    KeysTotal total = new KeysTotal(CLICKS.keys(), start);
    total.add(new StoredWindow(window(start, null, 4), Map.of()));
    return new WholeWindow(2, 1, List.of(new RankedKey("h", 12.5, 4, false)), total, List.of(new WholeWindow.Missing(3, null, 2L, "not answered in time")));
  }

  private AlertStream stream() {
    AlertFeed feed = new AlertFeed(10);
    feed.accept(new LogEvent.Opened("e", 0, 0));
    return new AlertStream(system, feed, new Settings.Alerts("alerts", Duration.ofDays(7), 100, "rules"), Duration.ofSeconds(25), CLOCK, alert -> Mark.NONE);
  }

  int port() {
    return binding.localAddress().getPort();
  }

  @Override
  public void close() {
    system.terminate();
  }
}
