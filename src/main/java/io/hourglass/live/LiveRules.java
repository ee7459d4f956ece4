package io.hourglass.live;

import io.hourglass.query.RuleTable;
import io.hourglass.rule.RuleBook;
import io.hourglass.rule.Rules;
import io.hourglass.settings.BadSettings;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.RuleText;
import io.hourglass.shared.SharedTable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force on this node: those of the configuration, and over them those that came through the API, which all
 * nodes share. A rule that was deleted stays deleted though the configuration has one of its name.
 */
public final class LiveRules implements RuleTable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);
  private static final byte[] DELETED = "deleted".getBytes(StandardCharsets.UTF_8);

  private final Map<String, Pipeline> pipelines = new LinkedHashMap<>();
  private final Map<String, RuleBook> books = new LinkedHashMap<>();
  private final SharedTable table;
  private volatile BiConsumer<Pipeline, String> changed = (pipeline, rule) -> { };

  /** @param table loaded */
  public LiveRules(List<Pipeline> configured, SharedTable table) {
    this.table = table;
    for (Pipeline pipeline : configured) {
      pipelines.put(pipeline.name(), pipeline);
      books.put(pipeline.name(), new RuleBook(Rules.NONE));
      apply(pipeline);
    }
    table.listen(change -> pipeline(change.key()).ifPresent(pipeline -> {
      apply(pipeline);
      changed.accept(pipeline, rule(change.key()));
    }));
    configured.forEach(this::apply);
  }

  /** What to do on this node when a rule has changed, whoever changed it: the keys here are to hear of it. */
  public void onChange(BiConsumer<Pipeline, String> action) {
    changed = action;
  }

  public RuleBook book(Pipeline pipeline) {
    return books.get(pipeline.name());
  }

  private Optional<Pipeline> pipeline(String key) {
    return Optional.ofNullable(pipelines.get(key.substring(0, Math.max(0, key.indexOf('/')))));
  }

  private static String rule(String key) {
    return key.substring(key.indexOf('/') + 1);
  }

  private static String key(Pipeline pipeline, String rule) {
    return pipeline.name() + "/" + rule;
  }

  private synchronized void apply(Pipeline pipeline) {
    books.get(pipeline.name()).replace(pipeline.compiled(all(pipeline).stream().map(Live::spec).toList()));
  }

  @Override
  public List<Live> all(Pipeline pipeline) {
    Map<String, Live> rules = new TreeMap<>();
    pipeline.rules().forEach(spec -> rules.put(spec.name(), new Live(spec, "configuration", 0, null)));
    table.all().forEach((key, entry) -> {
      if (key.startsWith(pipeline.name() + "/")) {
        overlay(pipeline, rule(key), entry, rules);
      }
    });
    return List.copyOf(rules.values());
  }

  /** What was a rule once may be none under the measures of today: it is left out, and said. */
  private static void overlay(Pipeline pipeline, String rule, SharedTable.Entry entry, Map<String, Live> rules) {
    String text = new String(entry.value(), StandardCharsets.UTF_8);
    if (text.equals(new String(DELETED, StandardCharsets.UTF_8))) {
      rules.remove(rule);
      return;
    }
    try {
      rules.put(rule, new Live(RuleText.read(rule, text, pipeline.keys().measures()), "api", entry.version() + 1, entry.writtenAt()));
    } catch (BadSettings bad) {
      LOG.warn("rule {} of pipeline {}, version {}, is not in force: {}", rule, pipeline.name(), entry.version() + 1, bad.faults());
      rules.remove(rule);
    }
  }

  @Override
  public CompletionStage<Live> put(Pipeline pipeline, String rule, String json) {
    RuleText.read(rule, json, pipeline.keys().measures());
    if (find(pipeline, rule).isEmpty() && all(pipeline).size() >= Rules.MOST) {
      throw new BadSettings(List.of("rules: " + (Rules.MOST + 1) + " (expected: <= " + Rules.MOST + " a pipeline)"));
    }
    return table.put(key(pipeline, rule), json.getBytes(StandardCharsets.UTF_8)).thenApply(version -> find(pipeline, rule).orElseThrow());
  }

  @Override
  public CompletionStage<Boolean> delete(Pipeline pipeline, String rule) {
    if (find(pipeline, rule).isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    boolean configured = pipeline.rules().stream().anyMatch(spec -> spec.name().equals(rule));
    CompletionStage<Long> gone = configured ? table.put(key(pipeline, rule), DELETED) : table.remove(key(pipeline, rule));
    return gone.thenApply(version -> true);
  }
}
