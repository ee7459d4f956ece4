package io.hourglass.notify;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.hourglass.alert.Alert;
import io.hourglass.alert.AlertLog;
import io.hourglass.alert.Marks;
import io.hourglass.settings.Notify;
import io.hourglass.settings.Settings;
import io.hourglass.shared.SharedTable;
import io.hourglass.telemetry.Counters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A node that reads an alert log and sends; several may do so one after the other. */
final class OneNode implements AutoCloseable {
  final Counters counters = new Counters();
  final AlertLog log;
  private final ActorTestKit kit = ActorTestKit.create(
      ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING").withFallback(ConfigFactory.load()));
  private final SharedTable table;
  private final ActorRef<Notifier.Command> notifier;

  /** @param name of its topics */
  OneNode(String servers, String name, Notify settings, Marks marks, List<Alert> seed) {
    log = AlertLog.open(servers, new Settings.Alerts(name, Duration.ofDays(7), 1_000, name + ".rules"));
    table = SharedTable.open(servers, name + ".kept", kit.system());
    table.loaded().toCompletableFuture().join();
    notifier = kit.spawn(Notifier.create(new Notifier.Parts(settings, "http://hourglass", log, new Kept(table), marks,
        () -> CompletableFuture.completedFuture(seed), counters, InstantSource.system())));
  }

  void publish(Alert... alerts) {
    for (Alert alert : alerts) {
      log.publish(alert).toCompletableFuture().join();
    }
  }

  long count(String receiver, String outcome) {
    return counters.notifications(receiver, outcome).sum();
  }

  /** How many entries it keeps, the position included. */
  int kept() {
    return table.all().size();
  }

  @Override
  public void close() {
    kit.stop(notifier);
    log.close();
    table.close();
    kit.shutdownTestKit();
  }
}
