package io.hourglass.alert;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.event.Logging;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Accept;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.RetryAfter;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.PathMatchers;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.hourglass.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** {@code GET /v1/alerts/stream}: the alert feed as WebSocket and as server-sent events, the same frames on both. */
public final class AlertStream {
  private static final Duration PONG = Duration.ofSeconds(8);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final long WAITING_CHARACTERS = 1 << 20;

  private final AlertFeed feed;
  private final Subscription.Terms terms;
  private final AlertSocket socket;

  /**
   * @param settings how many frames may wait for a slow subscriber
   * @param heartbeat between heartbeat frames, and between pings
   * @param marks what mutes an alert when it is told
   */
  public AlertStream(
      ActorSystem<?> system, AlertFeed feed, Settings.Alerts settings, Duration heartbeat, InstantSource clock, Marks marks) {
    this.feed = feed;
    this.terms = new Subscription.Terms(heartbeat, settings.buffer(), WAITING_CHARACTERS, GRACE, clock, marks);
    this.socket = new AlertSocket(heartbeat, PONG, Logging.getLogger(system.classicSystem(), AlertStream.class));
  }

  /** The route with its whole path. */
  public Route route() {
    return Directives.path(
        PathMatchers.segment("v1").slash("alerts").slash("stream"),
        () -> Directives.get(() -> Directives.extractRequest(request -> Directives.complete(answer(request)))));
  }

  /** Ends every stream (a WebSocket with 1012) and takes no more: the node is leaving. */
  public void shutdown() {
    feed.close();
  }

  private HttpResponse answer(HttpRequest request) {
    if (!feed.open()) {
      return StreamProblem.UNAVAILABLE.response("the alert log is being read").addHeader(RetryAfter.create(1L));
    }
    try {
      return answer(request, StreamRequest.of(request));
    } catch (IllegalArgumentException e) {
      return refused(request, e.getMessage());
    }
  }

  /** A browser shows a program the code of a close, and nothing of a refused upgrade. */
  private HttpResponse refused(HttpRequest request, String why) {
    return upgrade(request)
        .map(upgrade -> socket.answer(upgrade, Source.failed(StreamEnd.badRequest(why))))
        .orElseGet(() -> StreamProblem.BAD_AFTER.response(why));
  }

  private HttpResponse answer(HttpRequest request, StreamRequest wanted) {
    Source<Frame, NotUsed> frames = Source.fromGraph(new Subscription(feed, wanted.after(), wanted.filter(), terms));
    Optional<WebSocketUpgrade> upgrade = upgrade(request);
    if (upgrade.isPresent()) {
      return socket.answer(upgrade.get(), frames);
    }
    return acceptsEvents(request)
        ? events(frames)
        : StreamProblem.NOT_ACCEPTABLE.response("a WebSocket upgrade or Accept: text/event-stream is expected");
  }

  private static Optional<WebSocketUpgrade> upgrade(HttpRequest request) {
    return request.getAttribute(AttributeKeys.webSocketUpgrade);
  }

  private static boolean acceptsEvents(HttpRequest request) {
    return request.getHeader(Accept.class)
        .map(accept -> StreamSupport.stream(accept.getMediaRanges().spliterator(), false)
            .anyMatch(range -> range.matches(MediaTypes.TEXT_EVENT_STREAM)))
        .orElse(true);
  }

  private static HttpResponse events(Source<Frame, NotUsed> frames) {
    return HttpResponse.create()
        .withStatus(StatusCodes.OK)
        .addHeader(CacheControl.create(CacheDirectives.NO_CACHE))
        .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
        .withEntity(HttpEntities.createChunked(
            MediaTypes.TEXT_EVENT_STREAM.toContentType(), frames.map(AlertStream::event)));
  }

  /** The frame as a message of the default type; its id is what the browser sends when it comes back. */
  private static ByteString event(Frame frame) {
    String id = frame.id().map(value -> "id: " + value + "\n").orElse("");
    return ByteString.fromString(id + "data: " + frame.json() + "\n\n");
  }
}
