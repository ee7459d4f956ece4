package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Puts events into a pipeline's topic. */
public interface EventIntake {

  /**
   * Completes when Kafka has acknowledged, or refused, each event; fails with {@link Away} when it has acknowledged none in time.
   *
   * @param recordKey of all records of a pipeline whose key is the record key; empty for one whose key is a field
   */
  CompletionStage<Receipt> put(Pipeline pipeline, Optional<String> recordKey, List<Line> lines);

  /** @param number where it stood, from 1 */
  record Line(int number, byte[] value) {}

  /** @param at how far the accepted events reach */
  record Receipt(int accepted, List<Rejection> rejected, ReadPoint at) {}

  /** @param reason as in dead letters, or {@code too-large}, {@code not-acknowledged}, {@code refused}: what Kafka said */
  record Rejection(int line, String reason, String detail) {}

  /** Kafka, or the pipeline's topic, is out of reach; the message is for people. */
  final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Away(String message) {
      super(message, null, false, false);
    }
  }
}
