package io.hourglass.app;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import akka.kafka.ConsumerSettings;
import akka.stream.alpakka.cassandra.CassandraSessionSettings;
import akka.stream.alpakka.cassandra.javadsl.CassandraSession;
import akka.stream.alpakka.cassandra.javadsl.CassandraSessionRegistry;
import com.datastax.oss.driver.api.core.CqlSession;
import io.hourglass.alert.AlertLog;
import io.hourglass.cluster.Membership;
import io.hourglass.cluster.Pulse;
import io.hourglass.entity.JournalProbe;
import io.hourglass.entity.KeyEntity;
import io.hourglass.entity.KeyRegion;
import io.hourglass.entity.LocalKeys;
import io.hourglass.entity.LocalWindows;
import io.hourglass.event.EventDecoder;
import io.hourglass.http.WindowBytes;
import io.hourglass.ingest.Batching;
import io.hourglass.ingest.PartitionReport;
import io.hourglass.ingest.PipelineConsumer;
import io.hourglass.ingest.Reports;
import io.hourglass.outbox.LateRecords;
import io.hourglass.outbox.NodeOutbox;
import io.hourglass.outbox.RecordReader;
import io.hourglass.outbox.SideTopics;
import io.hourglass.outbox.WindowsTopic;
import io.hourglass.live.LiveRules;
import io.hourglass.retention.Retention;
import io.hourglass.retention.RetentionClock;
import io.hourglass.rule.Rules;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.silence.Silences;
import io.hourglass.store.SchemaScript;
import io.hourglass.shared.SharedTable;
import io.hourglass.store.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** The parts of a node, put together in the order in which the data flows. */
final class Parts {
  private static final int CONNECT_SECONDS = 3;
  private static final long LATE_BYTES = 32 << 20;
  /** The others give a node's keys away no sooner than so long after they last heard of it. */
  private static final String PAUSE_LIMIT = "akka.cluster.split-brain-resolver.stable-after";
  private static final Duration HAND_OVER = Duration.ofSeconds(15);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);

  private final ActorSystem<?> system;
  private final Settings settings;
  private final Front front;
  private final InstantSource clock = InstantSource.system();
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final ConsumerSettings<byte[], byte[]> kafka;
  private final SideTopics sideTopics;
  private final LateRecords lateRecords;
  private final RecordReader records;
  private AlertLog alertLog;
  private final Tables tables;
  private final WindowsTopic windowsTopic;
  private final Map<String, KeyRegion> regions = new LinkedHashMap<>();

  private final Pulse pulse;

  private Parts(ActorSystem<?> system, Settings settings, Front front) {
    this.system = system;
    pulse = new Pulse(system.settings().config().getDuration(PAUSE_LIMIT), System::nanoTime, () -> Membership.others(system),
        () -> Main.end("stood still for longer than " + PAUSE_LIMIT + ": its keys may be with other nodes; start it again")).start();
    this.settings = settings;
    this.front = front;
    KafkaClients clients = new KafkaClients(settings.kafka());
    admin = front.admin();
    producer = clients.producer();
    kafka = clients.consumer(system);
    sideTopics = new SideTopics(producer);
    records = new RecordReader(clients::recordConsumer);
    lateRecords = new LateRecords(LATE_BYTES);
    tables = front.tables();
    windowsTopic = new WindowsTopic(producer, WindowBytes::of);
  }

  /** Completes when Kafka and Cassandra answer, the schema and our topics are there, and the entities are started. */
  static CompletionStage<Parts> prepare(ActorSystem<?> system, Settings settings, Front front) {
    Parts parts = new Parts(system, settings, front);
    Reachable reachable = new Reachable(system);
    CompletionStage<CqlSession> cassandra = reachable
        .until("cassandra " + settings.cassandra().contactPoints(), () -> CompletableFuture.completedFuture(null)
            .thenCompose(asked -> Parts.session(system).underlying()).orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS))
        .thenCompose(session -> reachable.until("schema of " + settings.cassandra().keyspace(), () -> parts.schema(session)))
        .thenCompose(session -> JournalProbe.run(system).thenApply(written -> session));
    cassandra.exceptionally(failure -> {
      Main.fail("cassandra " + settings.cassandra().contactPoints() + ": the journal could not be opened: "
          + Main.rootOf(failure) + " (expected: Cassandra stays until the node is ready); start again");
      return null;
    });
    CompletionStage<Void> topics = reachable
        .until("kafka " + settings.kafka().servers(), () -> Topics.create(parts.admin, settings.pipelines()));
    CompletionStage<AlertLog> alerts = topics.thenCompose(created -> reachable
        .until("alert log", () -> CompletableFuture.supplyAsync(() -> AlertLog.open(settings))));
    CompletionStage<LiveRules> rules = topics.thenCompose(created -> reachable
        .until("rules", () -> CompletableFuture.supplyAsync(() -> SharedTable.open(settings.kafka().servers(), settings.alerts().rulesTopic(), system))
            .thenCompose(table -> table.loaded().thenApply(loaded -> new LiveRules(settings.pipelines(), table)))));
    CompletionStage<Void> silences = topics.thenCompose(created -> reachable.until("silences", parts::silences)).thenAccept(front::silence);
    CompletionStage<Optional<Outlets>> outlets = settings.notifications().wanted()
        ? topics.thenCompose(created -> reachable.until("notifications", parts::outlets)).thenApply(Optional::of)
        : CompletableFuture.completedFuture(Optional.empty());
    return cassandra.thenCombine(alerts, (session, log) -> log).thenCombine(rules, parts::startEntities).thenCombine(silences, (started, known) -> started)
        .thenCombine(outlets, Parts::notifying);
  }

  private CompletionStage<Outlets> outlets() {
    return Outlets.open(system, settings, front);
  }

  private Parts notifying(Optional<Outlets> outlets) {
    outlets.ifPresent(open -> open.start(alertLog));
    return this;
  }

  private CompletionStage<Silences> silences() {
    return CompletableFuture.supplyAsync(() -> SharedTable.open(settings.kafka().servers(), settings.silences().topic(), system))
        .thenCompose(table -> Silences.open(table, clock));
  }

  static CassandraSession session(ActorSystem<?> system) {
    return CassandraSessionRegistry.get(system).sessionFor(CassandraSessionSettings.create("akka.persistence.cassandra"));
  }

  private CompletionStage<CqlSession> schema(CqlSession session) {
    return CompletableFuture.supplyAsync(() -> {
      if (settings.cassandra().createSchema()) {
        SchemaScript.apply(session, settings.cassandra());
      }
      List<String> missing = SchemaScript.missing(session, settings.cassandra().keyspace());
      if (!missing.isEmpty()) {
        throw new IllegalStateException(missing.size() + " tables missing (expected: created once with --schema)");
      }
      return session;
    });
  }

  private Parts startEntities(AlertLog log, LiveRules rules) {
    alertLog = log;
    front.follow(log);
    Map<String, LocalWindows> windows = new LinkedHashMap<>();
    for (Pipeline pipeline : settings.pipelines()) {
      NodeOutbox outbox = new NodeOutbox(pipeline, tables, windowsTopic, alertLog, sideTopics, lateRecords, records, front.counters(), clock);
      KeyEntity.Kind kind = new KeyEntity.Kind(
          pipeline.name(), pipeline.keys(), rules.book(pipeline)::forKey, outbox,
          watermarks(pipeline), pulse::check,
          arrivals(pipeline), new LocalKeys(), Rules::learn,
          settings.entities().snapshotEvery());
      regions.put(pipeline.name(), KeyRegion.start(system, pipeline, settings.entities(), kind,
          front.board().readers(pipeline.name(), pipeline.shards())));
      windows.put(pipeline.name(), new LocalWindows(system, pipeline, kind, regions.get(pipeline.name())));
    }
    retire();
    rules.onChange((pipeline, rule) -> new RuleReview(regions.get(pipeline.name()), tables, pipeline).begin(rule));
    front.serve(regions, rules, windows);
    return this;
  }

  /** One node sees to windows beyond retention. */
  private void retire() {
    ClusterSingleton.get(system).init(SingletonActor.of(RetentionClock.create(
        () -> new Retention(tables, front.counters(), clock), retention -> retention.pass(settings.pipelines(),
            pipeline -> front.board().durableWatermark(pipeline.name())), settings.retention().every()), "retention")
        .withStopMessage(RetentionClock.Stop.INSTANCE));
  }

  private KeyEntity.Arrivals arrivals(Pipeline pipeline) {
    LongAdder here = front.counters().batches(pipeline.name(), true);
    LongAdder elsewhere = front.counters().batches(pipeline.name(), false);
    return fromThisNode -> (fromThisNode ? here : elsewhere).increment();
  }

  private KeyEntity.Watermarks watermarks(Pipeline pipeline) {
    return new KeyEntity.Watermarks() {
      @Override
      public long durable(int partition) {
        return front.board().durableWatermark(pipeline.name(), partition);
      }

      @Override
      public boolean mixed() {
        return pipeline.key().isPresent() || front.board().mixed(pipeline.name());
      }
    };
  }

  /** Completes when this node can take keys over from others at the pace at which they go. */
  CompletionStage<Parts> warmedUp() {
    return Membership.others(system)
        ? front.warmUp().run(settings.pipelines()).thenApply(warm -> this)
        : CompletableFuture.completedFuture(this);
  }

  /** A consumer for every pipeline, by name. */
  Map<String, Behavior<PipelineConsumer.Command>> consumers() {
    ActorRef<PartitionReport> reports = system.systemActorOf(Reports.create(front.board()), "partition-reports", Props.empty());
    Map<String, Behavior<PipelineConsumer.Command>> consumers = new LinkedHashMap<>();
    for (Pipeline pipeline : settings.pipelines()) {
      Batching batching = new Batching(
          pipeline, new EventDecoder(pipeline), sideTopics, lateRecords, front.counters(), clock);
      consumers.put(pipeline.name(), PipelineConsumer.create(new PipelineConsumer.Parts(
          pipeline, settings.ingest(), regions.get(pipeline.name()), tables, front.board(), reports, admin, kafka, batching, front.counters())));
    }
    return consumers;
  }

  /** Completes when the keys are with the nodes that read their partitions now, or after a while. */
  CompletionStage<Void> handOver() {
    return Membership.others(system)
        ? CompletableFuture.allOf(regions.values().stream().map(region -> region.left(HAND_OVER).toCompletableFuture()).toArray(CompletableFuture[]::new))
        : CompletableFuture.completedFuture(null);
  }

  void sayWhenReady() {
    new Reachable(system)
        .until("readiness", () -> front.feedRead().thenCompose(read -> front.checkReady()))
        .thenAccept(ready -> {
          System.out.println("Hourglass is ready: " + front.address());
          // Asked even when nobody else does, so that a server out of reach is said in the log.
          system.scheduler().scheduleWithFixedDelay(CHECK_INTERVAL, CHECK_INTERVAL, front::checkReady, system.executionContext());
        });
    Topics.missingSources(admin, settings.pipelines()).thenAccept(missing -> missing.forEach(topic ->
        system.log().warn("topic {}: not there yet (expected: created by whoever writes to it); reading begins when it is", topic)));
  }
}
