package io.hourglass.alert;

import akka.NotUsed;
import akka.event.LoggingAdapter;
import akka.http.impl.engine.ws.FrameEvent;
import akka.http.impl.engine.ws.UpgradeToWebSocketLowLevel;
import akka.http.impl.engine.ws.WebSocket$;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Source;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/**
 * Answers a WebSocket upgrade with frames of text, and chooses the close code.
 *
 * <p>Akka HTTP's public interface closes with 1000 or 1011 and tells nobody of pongs. This class and
 * {@link SocketFrames} use its frame layer (internal, unchanged from 10.1 to 10.7): nothing else may.
 */
final class AlertSocket {
  private static final FiniteDuration CLOSE_TIMEOUT = FiniteDuration.create(3, TimeUnit.SECONDS);
  private static final Random MASKS = new SecureRandom();

  private final Duration ping;
  private final Duration pong;
  private final LoggingAdapter log;

  /**
   * @param ping between pings
   * @param pong how long after a ping a client that sends nothing at all is given up
   */
  AlertSocket(Duration ping, Duration pong, LoggingAdapter log) {
    this.ping = ping;
    this.pong = pong;
    this.log = log;
  }

  HttpResponse answer(WebSocketUpgrade upgrade, Source<Frame, NotUsed> frames) {
    Flow<FrameEvent, FrameEvent, NotUsed> handler = layers().join(SocketFrames.flow(frames, ping));
    return ((UpgradeToWebSocketLowLevel) upgrade).handleFrames(erased(alive().via(handler)), Option.empty());
  }

  /** Fails when the client is silent: it owes a pong to every ping. */
  private Flow<FrameEvent, FrameEvent, NotUsed> alive() {
    return Flow.of(FrameEvent.class).idleTimeout(ping.plus(pong));
  }

  /** Unmasking, control frames and the closing handshake: client frames in, what {@link SocketFrames} sends out. */
  @SuppressWarnings("unchecked")
  private BidiFlow<FrameEvent, Object, Object, FrameEvent, NotUsed> layers() {
    akka.stream.scaladsl.BidiFlow<?, ?, ?, ?, NotUsed> layers = WebSocket$.MODULE$
        .masking(true, () -> MASKS)
        .atop(erased(WebSocket$.MODULE$.frameHandling(true, CLOSE_TIMEOUT, log)));
    return new BidiFlow<>((akka.stream.scaladsl.BidiFlow<FrameEvent, Object, Object, FrameEvent, NotUsed>) layers);
  }

  /** Scala's variance and Java's wildcards do not meet; the shapes are the same. */
  @SuppressWarnings("unchecked")
  private static <T> T erased(Object graph) {
    return (T) graph;
  }
}
