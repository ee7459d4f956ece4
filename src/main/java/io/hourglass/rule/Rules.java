package io.hourglass.rule;

import io.hourglass.window.MeasureSpec;
import io.hourglass.window.Observation;
import io.hourglass.window.RaisedAlert;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowView;
import java.util.ArrayList;
import java.util.List;

/** The rules of a pipeline. Compiled once; {@link #forKey} gives each key its watch for next to nothing. */
public final class Rules {
  public static final Rules NONE = new Rules(List.of());

  private final List<Rule> rules;

  public Rules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  public List<Rule> all() {
    return rules;
  }

  /** What watches over the windows of {@code key}. */
  public Watch forKey(String key) {
    return rules.isEmpty() ? Watch.NONE : (window, observation) -> observed(key, window, observation);
  }

  private List<RaisedAlert> observed(String key, WindowView window, Observation observation) {
    List<RaisedAlert> raised = List.of();
    for (Rule rule : rules) {
      if (rule.raises(window)) {
        raised = raised.isEmpty() ? new ArrayList<>(1) : raised;
        raised.add(rule.alert(key, window, observation));
      }
    }
    return raised;
  }

  /** Compiles the rules of a pipeline that keeps {@code measures}. */
  public static final class Compiler {
    private final Cel cel;

    public Compiler(List<MeasureSpec> measures) {
      cel = new Cel(measures);
    }

    /**
     * @param when CEL over {@code window.count}, {@code <measure>.count} and {@code <measure>.<aggregate>}
     * @param summary text with {@code {key}}, {@code {value}}, {@code {rule}} and {@code {window}} to be filled in
     * @throws BadCondition when {@code when} does not compile
     */
    public Rule compile(String name, String when, String severity, String summary) throws BadCondition {
      return new Rule(name, severity, CelCondition.compile(when, cel), new Summary(summary));
    }

    /** Places in a summary, {@code {like this}}, that nothing can be filled into. */
    public static List<String> unknownPlaces(String summary) {
      return new Summary(summary).unknownPlaces();
    }
  }
}
