package io.hourglass.ingest;

import java.time.Duration;

/**
 * Going back: up to where, how soon, and how long to wait for an answer before. Pauses grow while nothing
 * becomes durable; patience grows with every answer that did not come, for what is slow gets slower when
 * everything is sent again.
 */
final class Rewinds {
  private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_PATIENCE = 2;

  private final Duration mostPatience;
  private Duration patience;
  private Duration pause = LEAST_PAUSE;
  private long target;
  private boolean active;

  /** @param answerTimeout how long an answer may take at first */
  Rewinds(Duration answerTimeout) {
    patience = answerTimeout;
    mostPatience = answerTimeout.multipliedBy(MOST_PATIENCE);
  }

  /** Begins to go back from {@code position}; returns how long to wait before. */
  Duration begin(long position) {
    active = true;
    target = Math.max(target, position);
    Duration now = pause;
    pause = least(pause.multipliedBy(2), MOST_PAUSE);
    return now;
  }

  void end() {
    active = false;
  }

  /** Something has become durable. */
  void progress() {
    pause = LEAST_PAUSE;
  }

  void noAnswer() {
    patience = least(patience.multipliedBy(2), mostPatience);
  }

  /** Whether the main stream has to wait. */
  boolean active() {
    return active;
  }

  /** The offset up to which everything is read again (exclusive). */
  long target() {
    return target;
  }

  Duration patience() {
    return patience;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
