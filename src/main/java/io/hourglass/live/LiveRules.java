package io.hourglass.live;

import io.hourglass.query.RuleTable;
import io.hourglass.rule.RuleBook;
import io.hourglass.rule.RuleSpec;
import io.hourglass.rule.Rules;
import io.hourglass.settings.BadSettings;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.RuleText;
import io.hourglass.shared.SharedTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, List<Live>> inForce = new ConcurrentHashMap<>();
  /** What was compiled of the table's entries, by key; of older versions until they are looked at again. */
  private final Map<String, Live> compiled = new HashMap<>();
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
    Map<String, Live> rules = new TreeMap<>();
    pipeline.rules().forEach(spec -> rules.put(spec.name(), new Live(spec, "configuration", 0, null)));
    table.all().forEach((key, entry) -> {
      if (key.startsWith(pipeline.name() + "/")) {
        overlay(pipeline, key, entry, rules);
      }
    });
    inForce.put(pipeline.name(), List.copyOf(rules.values()));
    books.get(pipeline.name()).replace(pipeline.compiled(rules.values().stream().map(Live::spec).toList()));
  }

  /** What was a rule once may be none under the measures of today: it is left out, and said. */
  private void overlay(Pipeline pipeline, String key, SharedTable.Entry entry, Map<String, Live> rules) {
    rules.remove(rule(key));
    Live known = compiled.get(key);
    if (known != null && known.version() == entry.version() + 1) {
      rules.put(rule(key), known);
    } else if (!Arrays.equals(entry.value(), DELETED)) {
      read(pipeline, key, entry).ifPresent(live -> {
        compiled.put(key, live);
        rules.put(rule(key), live);
      });
    }
  }

  private static Optional<Live> read(Pipeline pipeline, String key, SharedTable.Entry entry) {
    try {
      String json = new String(entry.value(), StandardCharsets.UTF_8);
      RuleSpec spec = RuleText.read(rule(key), json, pipeline.keys());
      return Optional.of(new Live(spec, "api", entry.version() + 1, entry.writtenAt()));
    } catch (BadSettings bad) {
      LOG.warn("rule {}, version {}, is not in force: {}", key, entry.version() + 1, bad.faults());
      return Optional.empty();
    }
  }

  @Override
  public List<Live> all(Pipeline pipeline) {
    return inForce.get(pipeline.name());
  }

  @Override
  public void check(Pipeline pipeline, String rule, String json) {
    RuleText.read(rule, json, pipeline.keys());
    if (find(pipeline, rule).isEmpty() && all(pipeline).size() >= Rules.MOST) {
      throw new BadSettings(List.of("rules: " + (Rules.MOST + 1) + " (expected: <= " + Rules.MOST + " a pipeline)"));
    }
  }

  @Override
  public CompletionStage<Live> put(Pipeline pipeline, String rule, String json) {
    check(pipeline, rule, json);
    return table.put(key(pipeline, rule), json.getBytes(StandardCharsets.UTF_8)).thenApply(version -> find(pipeline, rule).orElseThrow());
  }

  @Override
  public CompletionStage<Boolean> delete(Pipeline pipeline, String rule) {
    if (find(pipeline, rule).isEmpty() && table.get(key(pipeline, rule)).isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    boolean configured = pipeline.rules().stream().anyMatch(spec -> spec.name().equals(rule));
    CompletionStage<Long> gone = configured ? table.put(key(pipeline, rule), DELETED) : table.remove(key(pipeline, rule));
    return gone.thenApply(version -> true);
  }
}
