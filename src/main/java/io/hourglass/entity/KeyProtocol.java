package io.hourglass.entity;

import akka.actor.typed.ActorRef;
import io.hourglass.window.KeyResult;
import io.hourglass.window.Observation;
import io.hourglass.window.SeenOffset;
import io.hourglass.window.Source;
import io.hourglass.window.StoredWindow;
import java.util.List;

/**
 * What an ingester and an entity say to each other. Every request names the ingester's run and every answer
 * repeats it: answers to an earlier run mean nothing any more.
 */
public final class KeyProtocol {
  private KeyProtocol() {}

  public interface Command {}

  /**
   * A batch of a key's observations, ascending by offset.
   *
   * @param previous the offset this batch follows, or {@code KeyWindows.NO_PREVIOUS}
   * @param acknowledge whether {@link Accepted} is wanted; it serves backpressure only
   * @param behind whether much more is to come soon: what is due to close may wait for {@link Persist}
   */
  public record Observe(
      long run, Source source, long previous, List<Observation> observations, boolean acknowledge, boolean behind, ActorRef<Answer> replyTo)
      implements Command, CborMessage {}

  /**
   * Make everything durable.
   *
   * @param last the newest offset sent: a key that has not seen it answers {@link Gap}
   * @param watermark the one now
   */
  public record Persist(long run, Source source, long last, long watermark, ActorRef<Answer> replyTo)
      implements Command, CborMessage {}

  /**
   * Close what the watermark, or the wall clock, has passed.
   *
   * @param clock epoch milliseconds up to which the wall clock closes windows; {@code Long.MIN_VALUE}: none
   */
  public record Advance(long run, Source source, long previous, long watermark, long clock, ActorRef<Answer> replyTo)
      implements Command, CborMessage {}

  /** What does the key hold, {@code durable} alone or with what is pending. */
  public record Get(boolean durable, ActorRef<KeyResult> replyTo) implements Command, CborMessage {}

  /** What came in the {@code length} milliseconds up to now: the answer's only window. */
  public record GetRolling(long length, boolean durable, ActorRef<KeyResult> replyTo) implements Command, CborMessage {}

  /** What does the key hold, to be added up. */
  public record GetStored(boolean durable, ActorRef<Stored> replyTo) implements Command, CborMessage {}

  /** @param windows newest first; with none and no {@code seen} the key was never seen */
  public record Stored(List<SeenOffset> seen, long watermark, List<StoredWindow> windows) implements CborMessage {}

  /** The rules may be others now. */
  public record Review() implements Command, CborMessage {}

  /** Passivation, hand-off, shutdown: persist and go. */
  public record Stop() implements Command, CborMessage {}

  public interface Answer extends CborMessage {
    long run();

    String key();
  }

  /** The batch is applied, in memory. */
  public record Accepted(long run, String key) implements Answer {}

  /** Something between {@code seen} and what the request follows was lost. */
  public record Gap(long run, String key, long seen) implements Answer {}

  /** Everything up to {@code offset} is durable, and what had to leave because of it has left. */
  public record Durable(long run, String key, long offset) implements Answer {}

  /** What was to close is closed and has left. */
  public record Advanced(long run, String key) implements Answer {}
}
