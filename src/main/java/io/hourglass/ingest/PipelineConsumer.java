package io.hourglass.ingest;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.japi.Pair;
import akka.kafka.ConsumerMessage.CommittableMessage;
import akka.kafka.ConsumerSettings;
import akka.kafka.Subscriptions;
import akka.kafka.javadsl.Consumer;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.hourglass.entity.KeyRegion;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import io.hourglass.store.Tables;
import io.hourglass.telemetry.Counters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * A pipeline's consumer on this node: a stream and a {@link PartitionIngester} for every partition that
 * the group assigns to it. Any failure ends all of them and begins anew from the commits.
 */
public final class PipelineConsumer extends AbstractBehavior<PipelineConsumer.Command> {
  private static final Duration ENDS_INTERVAL = Duration.ofSeconds(1);
  /** Less than a member may be silent. */
  private static final Duration MOST_SET_BACK = Duration.ofSeconds(3);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(500);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(10);
  /** Who has read for so long begins anew without a long pause. */
  private static final Duration STEADY = Duration.ofSeconds(30);
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(20);

  public interface Command {}

  /** Stop reading, have everything persisted and committed, answer, and end. */
  public record Drain(ActorRef<Done> replyTo) implements Command {}

  private record Begin(TopicPartition partition, Source<CommittableMessage<byte[], byte[]>, NotUsed> records) implements Command {}

  private record Ended(int number, Reading reading, TopicPartition partition, Throwable failure) implements Command {}

  private record ConsumerEnded(int number, Throwable failure) implements Command {}

  private record Drained() implements Command {}

  /** {@code offset} is null when Kafka did not answer. */
  private record End(TopicPartition partition, Long offset) implements Command {}

  private enum Tick implements Command { START, ENDS }

  /** A partition that is read; the stream is cut behind the ingester, which may have ended without taking what it was told. */
  private record Reading(ActorRef<PartitionIngester.Command> ingester, UniqueKillSwitch stream) {
    void stop() {
      ingester.tell(new PartitionIngester.Stop());
      stream.shutdown();
    }
  }

  /** What a pipeline's ingesters share. */
  public record Parts(Pipeline pipeline, Settings.Ingest settings, KeyRegion region, Tables tables, Board board,
      ActorRef<PartitionReport> reports, Admin admin, ConsumerSettings<byte[], byte[]> kafka, Batching batching, Counters counters) {}

  private final Parts parts;
  private final TimerScheduler<Command> timers;
  private final Starts starts;
  private final ClockWatch clock = new ClockWatch(System::currentTimeMillis, () -> System.nanoTime() / 1_000_000);
  private final Map<TopicPartition, Reading> readings = new HashMap<>();
  /** Where to begin, as the consumer that runs was told. */
  private Map<TopicPartition, Start> found = Map.of();
  private Consumer.Control control;
  private int number;
  private long startedNs;
  private Duration pause = LEAST_PAUSE;
  private boolean draining;
  /** Until the consumer that begins anew has ended: what it still hands out has no beginning that is known. */
  private boolean ending;

  public static Behavior<Command> create(Parts parts) {
    return Behaviors.setup(context -> Behaviors.withTimers(timers -> new PipelineConsumer(parts, context, timers)));
  }

  private PipelineConsumer(Parts parts, ActorContext<Command> context, TimerScheduler<Command> timers) {
    super(context);
    context.setLoggerName(PipelineConsumer.class);
    this.parts = parts;
    this.timers = timers;
    this.starts = new Starts(parts.admin(), parts.pipeline(), parts.counters());
    timers.startTimerWithFixedDelay(Tick.ENDS, ENDS_INTERVAL);
    start();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Begin.class, this::begin)
        .onMessage(Ended.class, this::ended)
        .onMessage(ConsumerEnded.class, this::consumerEnded)
        .onMessageEquals(Tick.START, this::start)
        .onMessageEquals(Tick.ENDS, this::askEnds)
        .onMessage(End.class, this::end)
        .onMessage(Drain.class, this::drain)
        .onMessage(Drained.class, drained -> Behaviors.stopped())
        .onSignal(Terminated.class, this::ingesterGone)
        .build();
  }

  private Behavior<Command> start() {
    if (draining) {
      return this;
    }
    int thisOne = ++number;
    ending = false;
    startedNs = System.nanoTime();
    Map<TopicPartition, Start> starting = new ConcurrentHashMap<>();
    found = starting;
    var running = Consumer.committablePartitionedManualOffsetSource(
            parts.kafka().withGroupId(parts.pipeline().group()), Subscriptions.topics(parts.pipeline().topic()), assigned -> assigned(assigned, starting))
        .toMat(Sink.foreach(each -> getContext().getSelf().tell(new Begin(each.first(), each.second()))), Keep.both())
        .run(getContext().getSystem());
    control = running.first();
    getContext().pipeToSelf(running.second(), (done, failure) -> new ConsumerEnded(thisOne, failure));
    return this;
  }

  /** Called on the consumer's thread: where to begin with each partition. */
  private CompletionStage<Map<TopicPartition, Object>> assigned(Set<TopicPartition> assigned, Map<TopicPartition, Start> starting) {
    if (assigned.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    return starts.of(assigned).thenApply(result -> {
      starting.putAll(result);
      return result.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> (Object) each.getValue().offset()));
    });
  }

  private Behavior<Command> begin(Begin begin) {
    Start start = found.remove(begin.partition());
    if (start == null || draining || ending) {
      restart("partition " + begin.partition() + " began again by itself");
      return this;
    }
    Settings.Ingest settings = parts.settings().of(start.feeds().partitions());
    OffsetCommitter committer = new OffsetCommitter(begin.partition());
    Surroundings world = new PartitionWorld(parts, getContext().getSystem(), begin.partition(), start.feeds(), committer);
    ActorRef<PartitionIngester.Command> ingester = getContext().spawnAnonymous(
        PartitionIngester.create(parts.pipeline(), settings, start, world));
    getContext().watch(ingester);
    Reading before = readings.put(begin.partition(), run(begin, settings.batch(), committer, ingester));
    if (before != null) {
      stop(before);
    }
    getContext().getLog().info("{}: partition {} from offset {}", parts.pipeline().name(), begin.partition(), start.offset());
    return this;
  }

  private Reading run(Begin begin, int most, OffsetCommitter committer, ActorRef<PartitionIngester.Command> ingester) {
    int thisOne = number;
    var running = begin.records()
        .map(message -> {
          committer.learn(message.committableOffset());
          return message.record();
        })
        .via(parts.batching().flow(most))
        .mapAsync(1, batch -> {
          CompletableFuture<Done> taken = new CompletableFuture<>();
          ingester.tell(PartitionIngester.Take.main(batch, taken));
          return taken;
        })
        .viaMat(KillSwitches.single(), Keep.right())
        .toMat(Sink.ignore(), Keep.both())
        .run(getContext().getSystem());
    Reading reading = new Reading(ingester, running.first());
    getContext().pipeToSelf(running.second(), (done, failure) -> new Ended(thisOne, reading, begin.partition(), failure));
    return reading;
  }

  private Behavior<Command> ended(Ended end) {
    if (!draining) {
      readings.remove(end.partition(), end.reading());
      stop(end.reading());
    }
    if (end.number() != number || ending) {
      return this;
    }
    if (end.failure() != null) {
      restart("partition " + end.partition() + ": " + end.failure());
    } else {
      pause = LEAST_PAUSE;
    }
    return this;
  }

  private Behavior<Command> ingesterGone(Terminated gone) {
    if (readings.values().stream().anyMatch(reading -> reading.ingester().equals(gone.getRef()))) {
      restart("an ingester ended unexpectedly");
    }
    return this;
  }

  private void restart(String why) {
    if (!draining && !ending) {
      getContext().getLog().warn("{}: reading begins anew: {}", parts.pipeline().name(), why);
      ending = true;
      stopReading();
      control.shutdown();
    }
  }

  private void stopReading() {
    readings.values().forEach(this::stop);
    readings.clear();
  }

  private void stop(Reading reading) {
    getContext().unwatch(reading.ingester());
    reading.stop();
  }

  private Behavior<Command> consumerEnded(ConsumerEnded end) {
    if (end.number() != number || draining) {
      return this;
    }
    if (end.failure() != null) {
      getContext().getLog().warn("{}: Kafka consumer ended: {}; trying again in {} ms",
          parts.pipeline().name(), end.failure().toString(), pause.toMillis());
    }
    ending = true;
    stopReading();
    timers.startSingleTimer(Tick.START, pause);
    pause = pause.multipliedBy(2).compareTo(MOST_PAUSE) < 0 ? pause.multipliedBy(2) : MOST_PAUSE;
    return this;
  }

  private Behavior<Command> askEnds() {
    long setBackMs = clock.setBack();
    if (setBackMs > MOST_SET_BACK.toMillis()) {
      restart("the clock was set back by " + setBackMs + " ms");
    }
    if (!readings.isEmpty()) {
      starts.ends(readings.keySet())
          .forEach((partition, end) -> getContext().pipeToSelf(end, (offset, failure) -> new End(partition, offset)));
    }
    return this;
  }

  private Behavior<Command> end(End end) {
    Reading reading = readings.get(end.partition());
    if (reading != null && end.offset() != null) {
      pause = System.nanoTime() - startedNs > STEADY.toNanos() ? LEAST_PAUSE : pause;
      reading.ingester().tell(new PartitionIngester.End(end.offset()));
    }
    return this;
  }

  private Behavior<Command> drain(Drain drain) {
    draining = true;
    List<CompletableFuture<Done>> drained = readings.values().stream()
        .map(reading -> AskPattern.<PartitionIngester.Command, Done>ask(
            reading.ingester(), PartitionIngester.Drain::new, DRAIN_PATIENCE, getContext().getSystem().scheduler()).toCompletableFuture())
        .toList();
    CompletableFuture<?> all = CompletableFuture.allOf(drained.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> null)
        .thenCompose(done -> control.shutdown());
    getContext().pipeToSelf(all, (done, failure) -> {
      drain.replyTo().tell(Done.getInstance());
      return new Drained();
    });
    return this;
  }
}
