package io.hourglass.entity;

import akka.Done;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.hourglass.entity.KeyProtocol.Command;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.LateEvent;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.WindowsAdvanced;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * An entity's outbox in motion: one sending at a time, in order, tried again until it succeeds; whoever
 * waits for everything so far to have left is told then. Lives inside the entity's actor.
 */
final class Mailing {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  /** So many items may wait to be sent before a reader is made to wait. */
  private static final int CALM = 10;

  /** A sending ended; {@code failure} is null when it succeeded. */
  record Result(Throwable failure) implements Command {}

  /** Time to try a failed sending again. */
  record Again() implements Command {}

  private final Outbox outbox;
  private final String key;
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final List<Outbox.Item> waiting = new ArrayList<>();
  /** The newest window that was told to be awaited. */
  private long awaited = Long.MIN_VALUE;
  private final Set<Long> leaving = new HashSet<>();
  private List<Outbox.Item> sending = List.of();
  private final Queue<Runnable> sendingDone = new ArrayDeque<>();
  private final Queue<Runnable> waitingDone = new ArrayDeque<>();

  Mailing(Outbox outbox, String key, ActorContext<Command> context, TimerScheduler<Command> timers) {
    this.outbox = outbox;
    this.key = key;
    this.context = context;
    this.timers = timers;
  }

  /** After a recovery: the rows of open windows, and the alerts and late events that may not have left. */
  void reopen(KeyWindows windows) {
    open(windows, windows.open());
    tell(windows, windows.unsentAlerts(), windows.unsentLate());
    go();
  }

  /** Sends what an event brought with it, and what is closed by now. */
  void written(KeyWindows windows, WindowsAdvanced event, List<Long> opening) {
    open(windows, opening);
    tell(windows, event.alerts(), event.late());
    close(windows);
  }

  private void open(KeyWindows windows, List<Long> starts) {
    starts.forEach(start -> waiting.add(new Outbox.Opened(start, windows.partition(start))));
  }

  private void tell(KeyWindows windows, List<RaisedAlert> alerts, List<LateEvent> late) {
    if (!alerts.isEmpty()) {
      waiting.add(new Outbox.Raised(alerts));
    }
    if (!late.isEmpty()) {
      waiting.add(new Outbox.Late(late, totals(windows, late)));
    }
  }

  private static List<Outbox.Total> totals(KeyWindows windows, List<LateEvent> late) {
    return late.stream()
        .map(LateEvent::start)
        .distinct()
        .filter(start -> windows.late(start) > 0) // none is known beyond retention: what is in the table stays
        .map(start -> new Outbox.Total(start, windows.late(start)))
        .toList();
  }

  /** Sends every closed window that is not on its way yet, and what is awaited; nothing of it may be pending. */
  void close(KeyWindows windows) {
    open(windows.awaited(), windows);
    for (long start : windows.closing()) {
      if (leaving.add(start)) {
        waiting.add(new Outbox.Closed(windows.stored(start, false), windows.partition(start)));
      }
    }
    go();
  }

  /** Sends what is awaited, and runs {@code action} once everything so far has left. */
  void await(KeyWindows windows, Runnable action) {
    open(windows.awaited(), windows);
    go();
    then(action);
  }

  /** A window in which nothing has come is opened like others: so the key is told when it ends. */
  private void open(long start, KeyWindows windows) {
    if (start != awaited && start != Long.MIN_VALUE) {
      awaited = start;
      waiting.add(new Outbox.Opened(start, windows.newestPartition()));
    }
  }

  /** Runs {@code action} now, or, when much waits to be sent, once that has left: readers wait for it. */
  void whenCalm(Runnable action) {
    if (waiting.size() <= CALM) {
      action.run();
    } else {
      then(action);
    }
  }

  /** Runs {@code action} once everything put so far has left. */
  void then(Runnable action) {
    if (!waiting.isEmpty()) {
      waitingDone.add(action);
    } else if (!sending.isEmpty()) {
      sendingDone.add(action);
    } else {
      action.run();
    }
  }

  void finished(Result result, KeyWindows windows) {
    if (result.failure() != null) {
      context.getLog().warn("outbox of {}: {} items not sent, trying again: {}", key, sending.size(), result.failure().toString());
      timers.startSingleTimer(new Again(), RETRY_AFTER);
      return;
    }
    for (Outbox.Item item : sending) {
      if (item instanceof Outbox.Closed closed) {
        leaving.remove(closed.window().start());
        windows.published(closed.window().start());
      }
    }
    sending = List.of();
    drain(sendingDone);
    next();
  }

  private static void drain(Queue<Runnable> actions) {
    for (Runnable action = actions.poll(); action != null; action = actions.poll()) {
      action.run();
    }
  }

  private void go() {
    if (sending.isEmpty()) {
      next();
    }
  }

  private void next() {
    if (!waiting.isEmpty()) {
      sending = List.copyOf(waiting);
      waiting.clear();
      sendingDone.addAll(waitingDone);
      waitingDone.clear();
      send();
    }
  }

  /** Whether something is on its way. */
  boolean busy() {
    return !sending.isEmpty();
  }

  void again() {
    send();
  }

  private void send() {
    context.pipeToSelf(outbox.send(key, sending), (Done done, Throwable failure) -> new Result(failure));
  }
}
