package io.hourglass.trial;

import io.hourglass.query.DryRun.Fired;
import io.hourglass.rule.Rules;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.WindowSpec;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The newest records of one partition, on their way through a trial. */
final class Stretch {
  private final TopicPartition partition;
  private final boolean whole;
  private final long end;
  private final Trial trial;
  private final WindowSpec window;
  private long events;
  private long refused;
  private Long first;
  private Long earliest;
  private Long last;

  /**
   * @param begin the offset of the first record
   * @param end the offset after the last one
   */
  Stretch(TopicPartition partition, long begin, long end, Pipeline pipeline, Rules rules) {
    this.partition = partition;
    this.whole = begin == 0;
    this.end = end;
    this.window = pipeline.window();
    this.trial = new Trial(pipeline, rules);
  }

  boolean done(Consumer<?, ?> consumer) {
    return consumer.position(partition) >= end;
  }

  void take(ConsumerRecord<byte[], byte[]> record, long nowMs) {
    if (record.offset() >= end) {
      return;
    }
    try {
      long at = trial.record(record.key(), record.value(), record.timestamp(), nowMs);
      events++;
      first = first == null ? at : first;
      earliest = earliest == null ? at : Math.min(earliest, at);
      last = last == null ? at : Math.max(last, at);
    } catch (Trial.BadEvent bad) {
      refused++;
    }
  }

  long events() {
    return events;
  }

  long refused() {
    return refused;
  }

  int keys() {
    return trial.keys();
  }

  /** Whether it begins where the partition does. */
  boolean whole() {
    return whole;
  }

  /** Start of the earliest window, null when there was no event. */
  Long earliest() {
    return earliest == null ? null : window.startOf(earliest);
  }

  /**
   * Event time from which a window and the one before were seen whole, null when there was no event. Where it begins amid a
   * partition the window of the first record was not, nor one whose events may have come before it.
   */
  Long from() {
    return first == null ? null : window.endOf(window.endOf(window.startOf(first + window.outOfOrdernessMs())));
  }

  /** The greatest event time, null when there was no event. */
  Long to() {
    return last;
  }

  Stream<Fired> fired(long from) {
    return trial.alerts().stream().filter(each -> each.alert().at() >= from && each.alert().start() >= from)
        .map(each -> new Fired(each.key(), each.alert()));
  }
}
