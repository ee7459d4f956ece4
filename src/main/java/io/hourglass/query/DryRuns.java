package io.hourglass.query;

import io.hourglass.rule.RuleSpec;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.RaisedAlert;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a rule would have told over the newest events, with nothing told to anybody. */
public interface DryRuns {

  /**
   * What came of it.
   *
   * @param refused records that are no events
   * @param late events that came after their window had closed
   * @param from event time of the first, epoch milliseconds; null when there were none
   * @param to event time of the last
   * @param alerts those that fired, the newest first
   */
  record Outcome(long events, long refused, long late, int keys, Long from, Long to, List<Raised> alerts) {}

  /** An alert as it stood in the end. */
  record Raised(String key, RaisedAlert alert) {}

  /**
   * Runs a rule over the newest events of each partition.
   *
   * @param events so many at the most, of all partitions together
   * @return fails with a {@code TimeoutException} when Kafka does not give them in time, and with a
   *     {@code RejectedExecutionException} while others wait already
   */
  CompletionStage<Outcome> run(Pipeline pipeline, RuleSpec rule, int events);
}
