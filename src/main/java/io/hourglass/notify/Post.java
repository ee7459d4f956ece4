package io.hourglass.notify;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.http.javadsl.settings.ConnectionPoolSettings;
import akka.util.ByteString;
import io.hourglass.notify.Outcome.Delivered;
import io.hourglass.notify.Outcome.Failed;
import io.hourglass.notify.Outcome.Refused;
import io.hourglass.notify.group.Groups;
import io.hourglass.settings.Notify.Endpoint;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import scala.jdk.javaapi.DurationConverters;

/** One POST of JSON to one endpoint, once. */
final class Post {
  /** Answers that ask to be tried again: Request Timeout, Too Early, Too Many Requests. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);
  private static final int ANSWER_SHOWN = 256;

  private final ActorSystem<?> system;
  private final Endpoint endpoint;
  private final String url;
  private final ConnectionPoolSettings pool;

  Post(ActorSystem<?> system, Endpoint endpoint, String url) {
    this.system = system;
    this.endpoint = endpoint;
    this.url = url;
    this.pool = pool(system, endpoint.timeout());
  }

  /** The pool itself does not try again; a connection that is silent for the whole timeout is closed. */
  private static ConnectionPoolSettings pool(ActorSystem<?> system, Duration timeout) {
    ClientConnectionSettings connection = ClientConnectionSettings.create(system.classicSystem())
        .withConnectingTimeout(DurationConverters.toScala(timeout))
        .withIdleTimeout(DurationConverters.toScala(timeout));
    return ConnectionPoolSettings.create(system.classicSystem()).withConnectionSettings(connection).withMaxRetries(0)
        .withMaxConnections(Groups.UNDERWAY).withMaxOpenRequests(2 * Groups.UNDERWAY);
  }

  /** @param signature empty: none. Never fails */
  CompletionStage<Outcome> send(byte[] body, String signature) {
    HttpRequest request = HttpRequest.POST(url).withEntity(ContentTypes.APPLICATION_JSON, body);
    for (var header : endpoint.headers().entrySet()) {
      request = request.addHeader(RawHeader.create(header.getKey(), header.getValue()));
    }
    if (!signature.isEmpty()) {
      request = request.addHeader(RawHeader.create(Signature.HEADER, signature));
    }
    return Http.get(system).singleRequest(request, Http.get(system).defaultClientHttpsContext(), pool, system.classicSystem().log())
        .thenCompose(this::outcome)
        .toCompletableFuture().orTimeout(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(Post::failed);
  }

  private CompletionStage<Outcome> outcome(HttpResponse response) {
    int status = response.status().intValue();
    return response.entity().getDataBytes().completionTimeout(endpoint.timeout())
        .runFold(ByteString.emptyByteString(), (head, more) -> head.concat(more).take(ANSWER_SHOWN), system)
        .thenApply(answer -> outcome(status, answer.utf8String()));
  }

  private static Outcome outcome(int status, String answer) {
    if (status >= 200 && status < 300) {
      return new Delivered();
    }
    return status >= 500 || LATER.contains(status) ? new Failed("status " + status) : new Refused(status, answer);
  }

  private static Outcome failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    return new Failed(cause.toString());
  }
}
