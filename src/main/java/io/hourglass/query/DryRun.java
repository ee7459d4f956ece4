package io.hourglass.query;

import io.hourglass.rule.RuleSpec;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.RaisedAlert;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A rule tried on the newest events of a pipeline's topic, as if it had watched them as they came. Nothing is told or kept. */
public interface DryRun {

  /**
   * What it would have told.
   *
   * @param events that were read
   * @param refused records that are no events
   * @param from event time from which it counts, epoch milliseconds: what its windows and those before were seen of whole; null
   *     when the events do not reach so far
   * @param to the greatest event time, epoch milliseconds; null when there was no event
   * @param fired the times it would have fired from then on, the newest first
   */
  record Tried(long events, long refused, int keys, Long from, Long to, List<Fired> fired) {}

  record Fired(String key, RaisedAlert alert) {}

  /** Events of a key come from several partitions: nobody can tell any more in which order they came. */
  final class NoOrder extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoOrder(String pipeline) {
      super("a key of " + pipeline + " has events in several partitions; in which order they came is not known any more");
    }
  }

  /** Fails with {@link NoOrder} where events cannot be had again in their order, and when it takes too long. */
  CompletionStage<Tried> of(Pipeline pipeline, RuleSpec rule);
}
