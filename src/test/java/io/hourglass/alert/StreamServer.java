package io.hourglass.alert;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import com.typesafe.config.ConfigFactory;
import io.hourglass.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** A node's alert stream on a free port. */
final class StreamServer implements AutoCloseable {
  final AlertFeed feed;
  final AlertStream stream;
  /** What mutes every alert. */
  volatile Mark mark = Mark.NONE;

  private final ActorTestKit kit =
      ActorTestKit.create(ConfigFactory.parseString("akka.loglevel = WARNING, akka.actor.provider = local"));
  private final ServerBinding binding;

  StreamServer(int kept, int buffer, Duration heartbeat) {
    feed = new AlertFeed(kept);
    Settings.Alerts settings = new Settings.Alerts("alerts", Duration.ofDays(7), buffer, "rules");
    stream = new AlertStream(kit.system(), feed, settings, heartbeat, InstantSource.system(), alert -> mark);
    binding = Http.get(kit.system()).newServerAt("127.0.0.1", 0).bind(stream.route()).toCompletableFuture().join();
  }

  ActorSystem<?> system() {
    return kit.system();
  }

  URI http(String query) {
    return uri("http", query);
  }

  URI ws(String query) {
    return uri("ws", query);
  }

  private URI uri(String scheme, String query) {
    return URI.create(scheme + "://127.0.0.1:" + binding.localAddress().getPort() + "/v1/alerts/stream" + query);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
