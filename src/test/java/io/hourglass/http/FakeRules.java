package io.hourglass.http;

import io.hourglass.query.RuleTable;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.RuleText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Rules in memory. */
final class FakeRules implements RuleTable {
  private final Map<String, Live> rules = new TreeMap<>();

  @Override
  public List<Live> all(Pipeline pipeline) {
    return List.copyOf(rules.values());
  }

  @Override
  public void check(Pipeline pipeline, String rule, String json) {
    RuleText.read(rule, json, pipeline.keys());
  }

  @Override
  public CompletionStage<Live> put(Pipeline pipeline, String rule, String json) {
    Live live = new Live(RuleText.read(rule, json, pipeline.keys()), "api", 1, 5L);
    rules.put(rule, live);
    return CompletableFuture.completedFuture(live);
  }

  @Override
  public CompletionStage<Boolean> delete(Pipeline pipeline, String rule) {
    return CompletableFuture.completedFuture(rules.remove(rule) != null);
  }
}
