package io.hourglass.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import io.hourglass.settings.Settings;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import scala.jdk.javaapi.DurationConverters;

/** The server that people and programs ask. */
public final class HttpFront {
  private static final Duration IDLE = Duration.ofMinutes(6);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private HttpFront() {}

  /**
   * Binds the address of {@code settings}; the server is unbound and drained by the coordinated shutdown.
   *
   * @return a failed stage with {@link NotBound} when the address cannot be bound
   */
  public static CompletionStage<ServerBinding> start(ActorSystem<?> system, Settings.Http settings, Route routes) {
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(server(system))
        .bind(routes)
        .thenApply(binding -> binding.addToCoordinatedShutdown(DRAIN, system))
        .exceptionally(failure -> {
          throw new NotBound(settings, failure instanceof CompletionException ? failure.getCause() : failure);
        });
  }

  /** A connection may be silent for as long as the longest wait. */
  private static ServerSettings server(ActorSystem<?> system) {
    ServerSettings defaults = ServerSettings.create(system.classicSystem());
    return defaults
        .withRawRequestUriHeader(true) // see DotKeys
        .withTransparentHeadRequests(true)
        .withTimeouts(defaults.getTimeouts().withIdleTimeout(DurationConverters.toScala(IDLE)))
        .withParsingErrorHandler(MalformedRequests.class.getName());
  }

  /** The address is taken or is not ours; the message is one line for people. */
  public static final class NotBound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotBound(Settings.Http settings, Throwable cause) {
      super("hourglass.http: " + settings.host() + ":" + settings.port() + " (expected: a free address): " + root(cause), cause);
    }

    private static String root(Throwable cause) {
      Throwable root = cause;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root.getMessage();
    }
  }
}
