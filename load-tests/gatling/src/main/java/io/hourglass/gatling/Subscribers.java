package io.hourglass.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.http.action.ws.WsInboundMessage;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Subscribers to the alert stream over WebSocket that stay until a moment, and hand what they get to {@link Frames}. */
final class Subscribers {
  /** Frames that a subscriber may get between two looks. */
  private static final int WAITING = 20_000;
  private static final int HELLO_S = 30;

  private final String name;
  private final Frames frames;
  private final long endMs;
  private final AtomicLong next = new AtomicLong();

  /** @param endMs until when they stay, epoch milliseconds */
  Subscribers(String name, Frames frames, long endMs) {
    this.name = name;
    this.frames = frames;
    this.endMs = endMs;
  }

  static HttpProtocolBuilder protocol() {
    return Reads.protocol().wsBaseUrl(System.getProperty("node").replaceFirst("http", "ws")).wsUnmatchedInboundMessageBufferSize(WAITING);
  }

  /** Each gets many frames and looks every second. */
  ScenarioBuilder busy() {
    return subscribed(number -> "").exec(asLongAs(session -> leftMs() > 0).on(pause(1), exec(take()))).exec(leave());
  }

  /** Each gets a frame or two, of one key, and looks once in the end. @param keyOf the key of a subscriber's number */
  ScenarioBuilder quiet(LongFunction<String> keyOf) {
    return subscribed(number -> "&key=" + keyOf.apply(number)).pause(session -> Duration.ofMillis(Math.max(1, leftMs())))
        .exec(take()).exec(leave());
  }

  private long leftMs() {
    return endMs - System.currentTimeMillis();
  }

  private ScenarioBuilder subscribed(LongFunction<String> filter) {
    return scenario(name)
        .exec(session -> numbered(session, filter))
        .exec(ws(name).connect("/v1/alerts/stream?pipeline=" + Events.HOT + "#{filter}")
            .await(HELLO_S).on(ws.checkTextMessage(name + " hello").check(jsonPath("$.type").is("hello"))))
        .exitHereIfFailed()
        .exec(session -> {
          frames.subscribedOne();
          return session;
        });
  }

  private Session numbered(Session session, LongFunction<String> filter) {
    long number = next.getAndIncrement();
    frames.wants(number);
    return session.set("number", number).set("filter", filter.apply(number));
  }

  private ActionBuilder take() {
    return ws.processUnmatchedMessages((messages, session) -> took(messages, session));
  }

  private Session took(List<WsInboundMessage> messages, Session session) {
    for (WsInboundMessage message : messages) {
      if (message instanceof WsInboundMessage.Text text) {
        frames.received(session.getLong("number"), text.message(), text.timestamp());
      }
    }
    return session;
  }

  private ActionBuilder leave() {
    return ws(name + " leaves").close();
  }
}
