package io.hourglass.rule;

import io.hourglass.anomaly.Sensitivity;
import io.hourglass.window.KeySpec;
import io.hourglass.window.RuleState;
import io.hourglass.window.RuleStates;
import io.hourglass.window.Scene;
import io.hourglass.window.SeriesPoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of a pipeline at a time. Compiled once, for all keys. */
public final class Rules {
  public static final Rules NONE = new Rules(List.of());
  /** So many rules a pipeline may have. */
  public static final int MOST = 1_000;

  private final List<Rule> all;
  private final Rule[] onObservation;
  private final Rule[] onClose;
  private final Map<String, Rule> byName;
  private final boolean looksBack;
  private final Remembering remembering;
  private final long version;

  public Rules(List<Rule> rules) {
    all = List.copyOf(rules);
    onObservation = rules.stream().filter(rule -> rule.on() != On.CLOSE).toArray(Rule[]::new);
    onClose = rules.stream().filter(rule -> rule.on() == On.CLOSE).toArray(Rule[]::new);
    byName = rules.stream().collect(Collectors.toUnmodifiableMap(Rule::name, Function.identity()));
    looksBack = rules.stream().anyMatch(rule -> rule.on() == On.UPDATE && rule.named().anyMatch(each -> each.scope() == Scope.ROLLING));
    remembering = new Remembering(rules);
    version = rules.isEmpty() ? 0 : version(rules);
  }

  /** Follows from what the rules say, in any order: equal on all nodes, and after a restart. */
  private static long version(List<Rule> rules) {
    String text = rules.stream().map(rule -> rule.spec().toString()).sorted().collect(Collectors.joining("\n"));
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))).getLong() | 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What a judge of a series makes of what it has seen, for snapshots. */
  public static byte[] learn(byte[] learnt, List<SeriesPoint> since) {
    return Judges.learn(learnt, since);
  }

  public List<Rule> all() {
    return all;
  }

  long version() {
    return version;
  }

  /** A rule over single events waits for the next one. */
  boolean looksBack() {
    return looksBack;
  }

  boolean looksAtCloses() {
    return onClose.length > 0;
  }

  void observed(String key, Scene scene, RuleStates states) {
    boolean running = scene.running();
    for (Rule rule : onObservation) {
      if (running || rule.on() == On.EVENT) {
        rule.evaluate(key, scene, states);
      } else {
        rule.evaluateEarlier(key, scene, states);
      }
    }
    remembering.observed(scene, states);
  }

  /** A rule over single events has nothing to say when none has come. */
  void ended(String key, Scene scene, RuleStates states) {
    for (Rule rule : onObservation) {
      if (rule.on() == On.UPDATE) {
        rule.evaluate(key, scene, states);
      }
    }
  }

  void closed(String key, Scene scene, RuleStates states) {
    for (Rule rule : onClose) {
      rule.evaluate(key, scene, states);
    }
    remembering.closed(scene, states);
  }

  /** A rule over closed windows that does not fire waits for the next one to close. */
  void changed(String key, Scene running, Scene closed, RuleStates states) {
    for (RuleState state : states.all()) {
      if (!byName.containsKey(state.rule())) {
        Rule.gone(state, running, states);
      }
    }
    ended(key, running, states);
    for (Rule rule : onClose) {
      if (closed != null && rule.spec().anomaly().isEmpty() && states.of(rule.name()) != null) {
        rule.evaluate(key, closed, states);
      }
    }
  }

  /** One that has passed would have changed something if it could; a rule over single events waits for the next one. */
  long deadline(RuleStates states, long after) {
    long deadline = Long.MAX_VALUE;
    for (RuleState state : states.all()) {
      Rule rule = byName.get(state.rule());
      if (rule != null && rule.on() != On.EVENT && rule.deadline(state) > after) {
        deadline = Math.min(deadline, rule.deadline(state));
      }
    }
    return deadline;
  }

  /** Compiles the rules of a pipeline. */
  public static final class Compiler {
    private final Cel cel;
    private final boolean rolling;
    private final Judges judges = new Judges();

    /** @param keys what the pipeline's keys keep */
    public Compiler(KeySpec keys) {
      cel = new Cel(keys.measures());
      rolling = !keys.panes().off();
    }

    /** @throws BadRule when a condition does not compile or a text has places that nothing can be filled into */
    public Rule compile(RuleSpec spec) throws BadRule {
      return spec.anomaly().isPresent() ? compileAnomaly(spec, spec.anomaly().get()) : compileCondition(spec);
    }

    private Rule compileCondition(RuleSpec spec) throws BadRule {
      CelCondition when = condition("when", spec.when());
      On on = spec.on().orElse(when.names(Scope.EVENT) ? On.EVENT : On.UPDATE);
      CelCondition clear = spec.clear().isEmpty() ? null : condition("clear", spec.clear().get());
      checkScope("when", when, on);
      if (clear != null) {
        checkScope("clear", clear, on);
      }
      return rule(spec, on, when, null, clear);
    }

    private Rule compileAnomaly(RuleSpec spec, AnomalySpec anomaly) throws BadRule {
      Variable variable = cel.variables().find(anomaly.measure());
      if (variable == null || variable.scope() != Scope.WINDOW) {
        throw new BadRule("anomaly.measure", anomaly.measure(), "one of " + cel.variables().names("window."));
      }
      if (!spec.when().isBlank() || spec.clear().isPresent() || spec.on().filter(on -> on != On.CLOSE).isPresent()) {
        throw new BadRule("anomaly", anomaly.measure(), "a rule without when and clear, on = close");
      }
      return rule(spec, On.CLOSE, null, new AnomalyCondition(variable, new Sensitivity(anomaly.sensitivity()), judges), null);
    }

    private Rule rule(RuleSpec spec, On on, Condition when, AnomalyCondition odd, Condition clear) throws BadRule {
      return new Rule(spec, on, when, odd, clear, template("summary", spec.name(), spec.summary()),
          template("description", spec.name(), spec.description()));
    }

    private CelCondition condition(String part, String source) throws BadRule {
      try {
        return CelCondition.compile(source, cel);
      } catch (BadCondition bad) {
        throw new BadRule(part, source, bad.getMessage());
      }
    }

    private void checkScope(String part, CelCondition condition, On on) throws BadRule {
      if (on != On.EVENT && condition.names(Scope.EVENT)) {
        throw new BadRule(part, condition.source(), "no event.… in a rule that is not on = event");
      }
      if (condition.names(Scope.ROLLING) && (on == On.CLOSE || !rolling)) {
        throw new BadRule(part, condition.source(), "no rolling.… in a rule with on = close, nor where window.rolling is off");
      }
    }

    private Template template(String part, String rule, String text) throws BadRule {
      return new Template(part, rule, text, cel.variables());
    }
  }
}
