package io.hourglass.query;

import io.hourglass.rule.RuleSpec;
import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The rules of all pipelines, which may be changed while they are evaluated. */
public interface RuleTable {

  /**
   * A rule that is in force.
   *
   * @param source {@code configuration} or {@code api}
   * @param version grows with each change through the API; 0: as configured
   * @param updatedAt wall clock of that change, epoch milliseconds; null: as configured
   */
  record Live(RuleSpec spec, String source, long version, Long updatedAt) {}

  /** By name. */
  List<Live> all(Pipeline pipeline);

  default Optional<Live> find(Pipeline pipeline, String rule) {
    return all(pipeline).stream().filter(live -> live.spec().name().equals(rule)).findFirst();
  }

  /**
   * Whether {@link #put} would take it; nothing changes.
   *
   * @param json the rule as in the configuration
   * @throws io.hourglass.settings.BadSettings when it would not
   */
  void check(Pipeline pipeline, String rule, String json);

  /**
   * Completes when it is durable and in force on this node; on all others within a fraction of a second.
   *
   * @param json the rule as in the configuration
   * @throws io.hourglass.settings.BadSettings when that is no rule
   */
  CompletionStage<Live> put(Pipeline pipeline, String rule, String json);

  /** Ends a rule, one of the configuration's as well; false if there is none of that name. */
  CompletionStage<Boolean> delete(Pipeline pipeline, String rule);
}
