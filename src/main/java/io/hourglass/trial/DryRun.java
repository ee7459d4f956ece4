package io.hourglass.trial;

import io.hourglass.event.Decoded;
import io.hourglass.event.EventDecoder;
import io.hourglass.query.DryRuns.Outcome;
import io.hourglass.query.DryRuns.Raised;
import io.hourglass.rule.RuleSpec;
import io.hourglass.rule.Rules;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.RaisedAlert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One rule over records that were read. Keys of one partition each, as where the record key is the key, are told by the
 * watermark of theirs; where a key may come from several, their events are taken in the order in which they were written.
 */
final class DryRun {
  private static final Comparator<Record> AS_WRITTEN =
      Comparator.comparingLong(Record::written).thenComparingInt(Record::partition).thenComparingLong(Record::offset);

  private record Record(int partition, long offset, long written, Decoded.Event event) {}

  private final Pipeline pipeline;
  private final Rules rules;
  private final EventDecoder decoder;
  private final List<Record> records = new ArrayList<>();
  private long refused;

  DryRun(Pipeline pipeline, RuleSpec rule) {
    this.pipeline = pipeline;
    this.rules = pipeline.compiled(List.of(rule));
    this.decoder = new EventDecoder(pipeline);
  }

  /** Judged ahead of its time, or not, by when it was written. */
  void read(ConsumerRecord<byte[], byte[]> record) {
    Decoded decoded = decoder.decode(record.key(), record.value(), record.timestamp(), record.offset(), record.timestamp());
    if (decoded instanceof Decoded.Event event) {
      records.add(new Record(record.partition(), record.offset(), record.timestamp(), event));
    } else if (decoded instanceof Decoded.DeadLetter) {
      refused++;
    }
  }

  /**
   * What came of it.
   *
   * @param deadline {@code System.nanoTime()} at which it is given up
   * @throws TimeoutException when it takes longer
   */
  Outcome outcome(long deadline) throws TimeoutException {
    Map<Integer, Trial> trials = new HashMap<>();
    boolean mixed = pipeline.key().isPresent();
    if (mixed) {
      records.sort(AS_WRITTEN);
    }
    LongSummaryStatistics times = new LongSummaryStatistics();
    for (Record record : records) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(records.size() + " events take too long: ask for fewer");
      }
      times.accept(record.event().observation().timestamp());
      trials.computeIfAbsent(mixed ? 0 : record.partition(), any -> new Trial(pipeline, rules)).take(record.event());
    }
    trials.values().forEach(trial -> trial.end(Long.MIN_VALUE));
    boolean none = records.isEmpty();
    return new Outcome(records.size(), refused, trials.values().stream().mapToLong(Trial::late).sum(),
        trials.values().stream().mapToInt(Trial::keys).sum(), none ? null : times.getMin(), none ? null : times.getMax(), raised(trials.values()));
  }

  private static List<Raised> raised(Collection<Trial> trials) {
    return trials.stream().flatMap(trial -> trial.alerts().stream())
        .map(told -> new Raised(told.key(), told.alert()))
        .sorted(Comparator.comparing(Raised::alert, Comparator.comparingLong(RaisedAlert::at)).reversed())
        .toList();
  }
}
