package io.hourglass.app;

import akka.actor.typed.ActorSystem;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import io.hourglass.alert.Alert;
import io.hourglass.alert.AlertLog;
import io.hourglass.notify.Kept;
import io.hourglass.notify.Notifier;
import io.hourglass.settings.Settings;
import io.hourglass.shared.SharedTable;
import io.hourglass.store.AlertQuery;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Webhooks and Alertmanagers: every node knows what was sent, the oldest sends. */
final class Outlets {
  private static final int PAGE = 1_000;
  private static final AlertQuery FIRING = new AlertQuery(Optional.of("firing"), Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Long.MIN_VALUE, Long.MAX_VALUE);

  private final ActorSystem<?> system;
  private final Settings settings;
  private final Front front;
  private final Kept kept;

  private Outlets(ActorSystem<?> system, Settings settings, Front front, Kept kept) {
    this.system = system;
    this.settings = settings;
    this.front = front;
    this.kept = kept;
  }

  /** Completes when it is known what was sent. */
  static CompletionStage<Outlets> open(ActorSystem<?> system, Settings settings, Front front) {
    return CompletableFuture.supplyAsync(() -> SharedTable.open(settings.kafka().servers(), settings.notifications().topic(), system))
        .thenCompose(table -> table.loaded().thenApply(loaded -> new Outlets(system, settings, front, new Kept(table))));
  }

  /** Nothing is sent before this node has read the log: it would not know yet which alerts mute others. */
  void start(AlertLog log) {
    front.muting().seed(kept);
    front.feedRead().thenAccept(read -> ClusterSingleton.get(system).init(
        SingletonActor.of(Notifier.create(parts(log)), "notifier").withStopMessage(Notifier.Stop.INSTANCE)));
  }

  private Notifier.Parts parts(AlertLog log) {
    return new Notifier.Parts(settings.notifications(), settings.notifications().externalUrl().orElse(front.address()), log, kept, front.muting(),
        () -> firing(null, new ArrayList<>()), front.counters(), InstantSource.system());
  }

  private CompletionStage<List<Alert>> firing(String cursor, List<Alert> found) {
    return front.tables().alerts(FIRING, cursor, PAGE).thenCompose(page -> {
      found.addAll(page.items());
      return page.next() == null ? CompletableFuture.completedFuture(found) : firing(page.next(), found);
    });
  }
}
