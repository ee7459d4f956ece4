package io.hourglass.notify;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import io.hourglass.alert.Alert;
import io.hourglass.alert.AlertLog;
import io.hourglass.alert.LogEvent;
import io.hourglass.alert.Marks;
import io.hourglass.notify.Outcome.Failed;
import io.hourglass.notify.group.Dispatch;
import io.hourglass.notify.group.Held;
import io.hourglass.notify.group.Notification;
import io.hourglass.notify.group.Push;
import io.hourglass.settings.Notify;
import io.hourglass.settings.Notify.Webhook;
import io.hourglass.telemetry.Counters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads the alert log and sends what is due; one in the cluster. The position in the log is kept only after what was read
 * is, so a crash loses nothing; what was sent is kept only after it is delivered, so some may be sent twice. Whatever cannot
 * be kept ends it, and it begins anew with what is kept.
 */
public final class Notifier extends AbstractBehavior<Notifier.Command> {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration TAKE_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);
  private static final int BATCH = 500;

  public interface Command {}

  /** Ends it, for a node that leaves. */
  public enum Stop implements Command { INSTANCE }

  private enum Tick implements Command { INSTANCE }

  private record Take(List<LogEvent> events, ActorRef<Done> replyTo) implements Command {}

  private record Seeded(int run, List<Alert> firing) implements Command {}

  private record Told(int run, Notification notification, Outcome outcome) implements Command {}

  private record Pushed(int run, String receiver, Outcome outcome) implements Command {}

  private record Lost(int run, Throwable failure) implements Command {}

  /**
   * What it works with.
   *
   * @param marks what mutes an alert just now
   * @param seed alerts that fire, for the first start: some may fire since before the log begins
   */
  public record Parts(
      Notify settings, String externalUrl, AlertLog log, Kept kept, Marks marks, Supplier<CompletionStage<List<Alert>>> seed,
      Counters counters, InstantSource clock) {}

  private final Parts parts;
  private final ActorSystem<?> system;
  private final Payload payload;
  private final Dispatch dispatch;
  private final Map<String, Webhook> webhooks = new HashMap<>();
  private final Map<String, Delivery> deliveries = new HashMap<>();
  private final int run = System.identityHashCode(this);
  private UniqueKillSwitch reading;
  private volatile Kept.Position position;

  /** Begins anew, with a growing pause, whenever something could not be kept. */
  public static Behavior<Command> create(Parts parts) {
    return Behaviors.supervise(Behaviors.<Command>withTimers(timers -> Behaviors.setup(context -> new Notifier(parts, timers, context))))
        .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.2));
  }

  private Notifier(Parts parts, TimerScheduler<Command> timers, ActorContext<Command> context) {
    super(context);
    this.parts = parts;
    this.system = context.getSystem();
    this.payload = new Payload(parts.externalUrl());
    this.dispatch = new Dispatch(parts.settings());
    parts.settings().webhooks().forEach(hook -> {
      webhooks.put(hook.endpoint().name(), hook);
      deliveries.put(hook.endpoint().name(), new Delivery(system, hook.endpoint(), hook.endpoint().url(), parts.counters(), parts.clock()));
    });
    parts.settings().alertmanagers().forEach(each -> {
      String url = each.endpoint().url().replaceAll("/+$", "") + "/api/v2/alerts";
      deliveries.put(each.endpoint().name(), new Delivery(system, each.endpoint(), url, parts.counters(), parts.clock()));
    });
    restore();
    timers.startTimerWithFixedDelay(Tick.INSTANCE, TICK);
  }

  private void restore() {
    List<Held> alerts = parts.kept().alerts();
    dispatch.restore(alerts, parts.kept().sent(), parts.clock().millis()).forEach(gone -> keep(parts.kept().forget(gone.receiver(), gone.key())));
    position = parts.kept().position().orElse(null);
    getContext().getLog().info("notifications go out from this node; {} alerts fire, the log is read from {}", dispatch.firing(), position);
    if (position == null) {
      position = new Kept.Position("", -1);
      getContext().pipeToSelf(parts.seed().get(), (firing, failure) -> failure == null ? new Seeded(run, firing) : new Lost(run, failure));
    } else {
      read();
    }
  }

  private void read() {
    ActorRef<Command> self = getContext().getSelf();
    reading = parts.log().events(system, () -> position.epoch(), () -> position.offset())
        .viaMat(KillSwitches.single(), Keep.right())
        .batch(BATCH, first -> new ArrayList<>(List.of(first)), (batch, next) -> {
          batch.add(next);
          return batch;
        })
        .mapAsync(1, batch -> AskPattern.<Command, Done>ask(self, replyTo -> new Take(batch, replyTo), TAKE_TIMEOUT, system.scheduler()))
        .toMat(Sink.ignore(), (killSwitch, done) -> {
          done.whenComplete((end, failure) -> self.tell(new Lost(run, failure)));
          return killSwitch;
        })
        .run(system);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Tick.INSTANCE, this::tick)
        .onMessageEquals(Stop.INSTANCE, Behaviors::stopped)
        .onMessage(Seeded.class, this::seeded)
        .onMessage(Take.class, this::take)
        .onMessage(Told.class, this::told)
        .onMessage(Pushed.class, this::pushed)
        .onMessage(Lost.class, this::lost)
        .onSignal(PostStop.class, signal -> ended())
        .onSignal(PreRestart.class, signal -> ended())
        .build();
  }

  private Behavior<Command> ended() {
    if (reading != null) {
      reading.shutdown();
    }
    return this;
  }

  private Behavior<Command> seeded(Seeded seeded) {
    if (seeded.run() == run) {
      seeded.firing().forEach(this::accept);
      read();
    }
    return this;
  }

  private Behavior<Command> take(Take take) {
    List<CompletionStage<Long>> kept = new ArrayList<>();
    Kept.Position before = position;
    for (LogEvent event : take.events()) {
      if (event instanceof LogEvent.Opened opened) {
        opened(opened);
      } else if (event instanceof LogEvent.Entry entry && entry.offset() > position.offset()) {
        entry.alert().ifPresent(alert -> kept.addAll(accept(alert)));
        position = new Kept.Position(position.epoch(), entry.offset());
      }
    }
    Kept.Position read = position;
    keep(all(kept).thenCompose(all -> read.equals(before) ? CompletableFuture.completedFuture(0L) : parts.kept().put(read))
        .thenApply(version -> {
          take.replyTo().tell(Done.getInstance());
          return version;
        }));
    return this;
  }

  private void opened(LogEvent.Opened opened) {
    if (!opened.epoch().equals(position.epoch())) {
      position = new Kept.Position(opened.epoch(), opened.begin() - 1);
    } else if (opened.begin() > position.offset() + 1) {
      long unread = opened.begin() - 1 - position.offset();
      getContext().getLog().warn("the alert log begins at {}; {} records were removed unread (expected: read within alerts.keep)", opened.begin(), unread);
      parts.counters().alertsUnread().add(unread);
      position = new Kept.Position(opened.epoch(), opened.begin() - 1);
    }
  }

  private List<CompletionStage<Long>> accept(Alert alert) {
    return dispatch.accept(alert, parts.clock().millis()).map(held -> keep(parts.kept().put(held))).stream().toList();
  }

  private static CompletionStage<Void> all(List<CompletionStage<Long>> stages) {
    return CompletableFuture.allOf(stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
  }

  private <T> CompletionStage<T> keep(CompletionStage<T> kept) {
    ActorRef<Command> self = getContext().getSelf();
    kept.whenComplete((done, failure) -> {
      if (failure != null) {
        self.tell(new Lost(run, failure));
      }
    });
    return kept;
  }

  private Behavior<Command> lost(Lost lost) {
    if (lost.run() == run) {
      throw new IllegalStateException("notifications begin anew from what is kept", lost.failure());
    }
    return this;
  }

  private Behavior<Command> tick() {
    Dispatch.Due due = dispatch.due(parts.clock().millis(), held -> parts.marks().of(held.alert()).muted());
    due.notifications().forEach(this::tell);
    due.pushes().forEach(this::push);
    due.gone().forEach(gone -> keep(parts.kept().forget(gone.receiver(), gone.key())));
    due.forgotten().forEach(fingerprint -> keep(parts.kept().forget(fingerprint)));
    return this;
  }

  /** Where ends are not told and nothing else is new, there is nothing to send. */
  private void tell(Notification notification) {
    Webhook hook = webhooks.get(notification.receiver());
    if (!hook.sendResolved() && notification.firing().isEmpty()) {
      getContext().getSelf().tell(new Told(run, notification, new Outcome.Delivered()));
      return;
    }
    byte[] body = payload.webhook(hook, notification);
    long patience = Math.max(LEAST_PATIENCE.toMillis(), hook.groupInterval().toMillis());
    getContext().pipeToSelf(
        deliveries.get(notification.receiver()).send("group " + notification.key(), body,
            hook.secret().map(secret -> Signature.of(body, secret)).orElse(""), parts.clock().millis() + patience),
        (outcome, failure) -> new Told(run, notification, failure == null ? outcome : new Failed(failure.toString())));
  }

  private void push(String alertmanager, List<Push> batch) {
    getContext().pipeToSelf(
        deliveries.get(alertmanager).send(batch.size() + " alerts", payload.push(batch), "", parts.clock().millis()),
        (outcome, failure) -> new Pushed(run, alertmanager, failure == null ? outcome : new Failed(failure.toString())));
  }

  private Behavior<Command> told(Told told) {
    if (told.run() == run) {
      Notification notification = told.notification();
      if (told.outcome() instanceof Failed) {
        dispatch.failed(notification);
      } else {
        dispatch.delivered(notification, parts.clock().millis()).ifPresentOrElse(
            sent -> keep(parts.kept().put(sent)), () -> keep(parts.kept().forget(notification.receiver(), notification.key())));
      }
      tick();
    }
    return this;
  }

  private Behavior<Command> pushed(Pushed pushed) {
    if (pushed.run() == run) {
      dispatch.pushed(pushed.receiver(), !(pushed.outcome() instanceof Failed), parts.clock().millis());
    }
    return this;
  }
}
