package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Records of a pipeline that were kept aside: dead letters and late events. */
public interface Letters {

  enum Kind { DEAD_LETTERS, LATE }

  /**
   * Which of them.
   *
   * @param from first time of being put aside, epoch milliseconds
   * @param to the time after the last one
   * @param reason of dead letters
   * @param key of late events
   * @param before an earlier page's {@code rest}; null for the first page
   * @param limit letters in a page
   */
  record Asked(Kind kind, long from, long to, Optional<String> reason, Optional<String> key, Map<Integer, Long> before, int limit) {}

  /**
   * A record as it came, where it stood and why it was put aside.
   *
   * @param timestamp of the record, epoch milliseconds, null when it had none
   * @param putAsideAt when, epoch milliseconds
   * @param key of a dead letter its record's, of a late event its entity's; null when there is none
   * @param value its first bytes; null when it had none, or Kafka had removed it
   * @param size of the whole value in bytes
   * @param windowStart of the closed window that a late event missed, epoch milliseconds; null for dead letters
   */
  record Letter(
      String topic, int partition, long offset, Long timestamp, String reason, String detail, long putAsideAt, byte[] key, byte[] value,
      int size, Long windowStart) {}

  /** @param rest before which offset of each partition the next page begins; null when there is none */
  record Found(List<Letter> letters, Map<Integer, Long> rest) {}

  /**
   * Newest first. Within a few seconds; there may be fewer than asked for though there are more. One that was put aside twice is
   * told once, as long as both are on one page.
   */
  CompletionStage<Found> page(Pipeline pipeline, Asked asked);
}
