package io.hourglass.app;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Sink;
import io.hourglass.alert.Alert;
import io.hourglass.alert.AlertFeed;
import io.hourglass.alert.AlertLog;
import io.hourglass.alert.AlertStream;
import io.hourglass.alert.Alerts;
import io.hourglass.alert.LogEvent;
import io.hourglass.cluster.Management;
import io.hourglass.cluster.Survey;
import io.hourglass.entity.KeyRegion;
import io.hourglass.entity.LocalWindows;
import io.hourglass.gather.Gathering;
import io.hourglass.gather.NodeWindows;
import io.hourglass.http.ApiRoutes;
import io.hourglass.http.DryRunRoutes;
import io.hourglass.http.EventRoutes;
import io.hourglass.http.HttpFront;
import io.hourglass.http.LetterRoutes;
import io.hourglass.http.SilenceRoutes;
import io.hourglass.http.WindowRoutes;
import io.hourglass.http.prometheus.PrometheusRoutes;
import io.hourglass.ingest.Board;
import io.hourglass.ingest.BoardProgress;
import io.hourglass.ingest.BoardStatus;
import io.hourglass.intake.KafkaIntake;
import io.hourglass.intake.TopicIds;
import io.hourglass.live.LiveRules;
import io.hourglass.notify.Muting;
import io.hourglass.notify.group.Inhibiting;
import io.hourglass.outbox.LetterReader;
import io.hourglass.query.HeldWindows;
import io.hourglass.query.LiveKeys;
import io.hourglass.query.Ranking;
import io.hourglass.query.RuleTable;
import io.hourglass.query.WholeWindow;
import io.hourglass.query.WholeWindows;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.silence.Silences;
import io.hourglass.store.OpenSession;
import io.hourglass.store.Tables;
import io.hourglass.telemetry.Counters;
import io.hourglass.trial.TopicDryRuns;
import io.hourglass.window.KeyResult;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.WindowResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/** What people see of a node: the API and the management port. It is open before anything behind it answers. */
final class Front implements LiveKeys, HeldWindows, RuleTable, WholeWindows {
  private static final int KEPT_ALERTS = 100_000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(25);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final InstantSource CLOCK = InstantSource.system();

  private final ActorSystem<?> system;
  private final Settings settings;
  private final Admin admin;
  private final Tables tables;
  private final Board board = new Board(() -> System.nanoTime() / 1_000_000);
  private final Counters counters = Counters.NODE;
  private final HttpClient probe = HttpClient.newHttpClient();
  private final AlertFeed feed = new AlertFeed(KEPT_ALERTS);
  private CompletionStage<Uri> managed;
  private volatile Map<String, KeyRegion> regions = Map.of();
  private volatile LiveRules rules;
  private volatile Gathering gathering;
  private final Muting muting;

  private Front(ActorSystem<?> system, Settings settings) {
    this.system = system;
    this.settings = settings;
    this.muting = new Muting(new Inhibiting(settings.notifications().inhibitions()));
    this.admin = new KafkaClients(settings.kafka()).admin();
    this.tables = new Tables(new OpenSession(Parts.session(system)::underlying), settings);
  }

  /** Binds both ports; a port in use ends the program with one line. */
  static Front open(ActorSystem<?> system, Settings settings) {
    Front front = new Front(system, settings);
    AlertStream stream = new AlertStream(system, front.feed, settings.alerts(), HEARTBEAT, CLOCK, front.muting);
    BoardStatus status = new BoardStatus(front.board, front.admin);
    ApiRoutes routes = new ApiRoutes(system, settings.pipelines(), front, front, front.tables, status,
        Front::outgoing,
        new Survey(system, settings.pipelines(), status), front.muting, front,
        List.of(stream.route(), new SilenceRoutes(front.muting::silences, CLOCK).route(), front.events(), front.letters(), front.dryRuns(), front.metrics(),
            new WindowRoutes(settings.pipelines(), front, new BoardProgress(front.board, status, CLOCK), CLOCK).route(),
            new PrometheusRoutes(system, settings.pipelines(), front, front.tables, CLOCK).route()));
    HttpFront.start(system, settings.http(), routes.sealed()).exceptionally(Front::give);
    front.managed = Management.start(system).exceptionally(Front::give);
    CoordinatedShutdown.get(system).addTask(
        CoordinatedShutdown.PhaseServiceUnbind(), "alert-stream", () -> {
          stream.shutdown();
          return CompletableFuture.completedFuture(Done.getInstance());
        });
    return front;
  }

  private static <T> T give(Throwable failure) {
    Main.fail((failure instanceof CompletionException ? failure.getCause() : failure).getMessage());
    return null;
  }

  private static Alert outgoing(Pipeline pipeline, String key, RaisedAlert raised) {
    return Alerts.of(pipeline.name(), key, raised, pipeline.window().endOf(raised.start()), raised.at());
  }

  private Route events() {
    KafkaIntake intake = new KafkaIntake(settings.pipelines(), new KafkaClients(settings.kafka()).intakeProducer(settings.intake()),
        new TopicIds(admin, () -> System.nanoTime() / 1_000_000)::of, counters, CLOCK, settings.intake().timeout());
    return new EventRoutes(settings.pipelines(), intake, settings.intake()).route();
  }

  private Route letters() {
    return new LetterRoutes(settings.pipelines(), new LetterReader(new KafkaClients(settings.kafka())::stretchConsumer)).route();
  }

  private Route dryRuns() {
    return new DryRunRoutes(settings.pipelines(), this, new TopicDryRuns(new KafkaClients(settings.kafka())::stretchConsumer), Front::outgoing).route();
  }

  private Route metrics() {
    return path("metrics", () -> get(() -> complete(counters.exposition())));
  }

  /** Completes when the management port is bound. */
  CompletionStage<Uri> managed() {
    return managed;
  }

  /** From now on keys can be asked, and rules, and windows of all keys. */
  void serve(Map<String, KeyRegion> started, LiveRules live, Map<String, LocalWindows> windows) {
    gathering = Gathering.start(system, settings.pipelines(), new NodeWindows(system, windows, tables));
    regions = Map.copyOf(started);
    rules = live;
  }

  @Override
  public List<Live> all(Pipeline pipeline) {
    return rules().all(pipeline);
  }

  @Override
  public void check(Pipeline pipeline, String rule, String json) {
    rules().check(pipeline, rule, json);
  }

  @Override
  public CompletionStage<Live> put(Pipeline pipeline, String rule, String json) {
    return rules().put(pipeline, rule, json);
  }

  @Override
  public CompletionStage<Boolean> delete(Pipeline pipeline, String rule) {
    return rules().delete(pipeline, rule);
  }

  private LiveRules rules() {
    if (rules == null) {
      throw new CompletionException(new TimeoutException("the node is starting"));
    }
    return rules;
  }

  /** From now on alerts are marked and silences can be asked for. */
  void silence(Silences known) {
    muting.silence(known);
    system.scheduler().scheduleWithFixedDelay(SWEEP, SWEEP, known::sweep, system.executionContext());
  }

  /** From now on the alert stream follows the log. */
  void follow(AlertLog log) {
    log.events(system, feed).map(this::muted).runWith(Sink.foreach(feed::accept), system).whenComplete((done, failure) -> {
      if (CoordinatedShutdown.get(system).getShutdownReason().isEmpty()) {
        system.log().error("the alert stream no longer follows its log: {}", failure == null ? "it ended" : failure.toString());
      }
    });
  }

  private LogEvent muted(LogEvent event) {
    muting.follow(event);
    return event;
  }

  Muting muting() {
    return muting;
  }

  /** Completes when the alert stream has the whole log. */
  CompletionStage<Done> feedRead() {
    return feed.ready();
  }

  @Override
  public CompletionStage<Optional<KeyResult>> key(Pipeline pipeline, String key, boolean durable) {
    return asked(pipeline, region -> region.get(key, durable, settings.http().askTimeout())).thenApply(Front::seen);
  }

  @Override
  public CompletionStage<Optional<WindowResult>> rolling(Pipeline pipeline, String key, long length, boolean durable) {
    return asked(pipeline, region -> region.rolling(key, length, durable, settings.http().askTimeout()))
        .thenApply(found -> seen(found).map(each -> each.windows().get(0)));
  }

  private static Optional<KeyResult> seen(KeyResult key) {
    return Optional.of(key).filter(found -> !found.seen().isEmpty());
  }

  @Override
  public CompletionStage<Optional<Held>> held(Pipeline pipeline, String key, boolean durable) {
    return asked(pipeline, region -> region.stored(key, durable, settings.http().askTimeout()))
        .thenApply(found -> found.seen().isEmpty() ? Optional.empty() : Optional.of(new Held(found.watermark(), found.windows())));
  }

  private <A> CompletionStage<A> asked(Pipeline pipeline, Function<KeyRegion, CompletionStage<A>> question) {
    KeyRegion region = regions.get(pipeline.name());
    return region == null ? CompletableFuture.failedFuture(new TimeoutException("the node is starting")) : question.apply(region);
  }

  @Override
  public CompletionStage<WholeWindow> window(Pipeline pipeline, long start, Ranking ranking) {
    return gathering == null
        ? CompletableFuture.failedFuture(new TimeoutException("the node is starting"))
        : gathering.window(pipeline, start, ranking);
  }

  /** Succeeds when the management port says that this node is ready. */
  CompletionStage<Boolean> checkReady() {
    String host = system.settings().config().getString("akka.management.http.hostname");
    int port = system.settings().config().getInt("akka.management.http.port");
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/ready")).timeout(Duration.ofSeconds(5)).build();
    return probe.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body().strip());
      }
      return true;
    });
  }

  WarmUp warmUp() {
    return new WarmUp(system, tables, regions, probe, address());
  }

  String address() {
    return "http://" + settings.http().host() + ":" + settings.http().port();
  }

  Admin admin() {
    return admin;
  }

  Tables tables() {
    return tables;
  }

  Board board() {
    return board;
  }

  Counters counters() {
    return counters;
  }
}
