package io.hourglass.rule;

import io.hourglass.window.Aggregate;
import io.hourglass.window.MeasureSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the conditions of a pipeline can name, by name: what its measures keep, and nothing else. */
final class Variables {
  private final Map<String, Variable> byName = new LinkedHashMap<>();

  Variables(List<MeasureSpec> measures) {
    declare(Variable.of("window.count", Scope.WINDOW, -1, null));
    declareMeasures("", Scope.WINDOW, measures);
    declareMeasures("window.", Scope.WINDOW, measures);
    List<Variable> windows = List.copyOf(byName.values());
    declare(Variable.of("previous.count", Scope.PREVIOUS, -1, null));
    declareMeasures("previous.", Scope.PREVIOUS, measures);
    declare(Variable.of("rolling.count", Scope.ROLLING, -1, null));
    declareMeasures("rolling.", Scope.ROLLING, measures);
    for (int i = 0; i < measures.size(); i++) {
      declareEvent("event." + measures.get(i).name(), i, measures.get(i));
    }
    windows.forEach(this::declareBaselines);
  }

  private void declareMeasures(String prefix, Scope scope, List<MeasureSpec> measures) {
    for (int i = 0; i < measures.size(); i++) {
      MeasureSpec measure = measures.get(i);
      String name = prefix + measure.name() + ".";
      declare(Variable.of(name + "count", scope, i, null));
      for (Aggregate aggregate : measure.numbers()) {
        declare(Variable.of(name + aggregate.label(), scope, i, aggregate));
      }
    }
  }

  private void declareEvent(String name, int measure, MeasureSpec spec) {
    if (spec.ofNumbers()) {
      declare(new Variable(name, Scope.EVENT, measure, null, Variable.Part.VALUE, spec.name()));
    }
    declare(new Variable(name + ".new", Scope.EVENT, measure, null, Variable.Part.NEW, spec.name()));
  }

  /** Of {@code window.count} and every aggregate how often, and how, it was at this hour. */
  private void declareBaselines(Variable window) {
    String of = window.name().startsWith("window.") ? window.name().substring("window.".length()) : window.name();
    for (Scope scope : List.of(Scope.BASELINE, Scope.WEEKLY)) {
      for (Variable.Part part : List.of(Variable.Part.COUNT, Variable.Part.MEAN, Variable.Part.STDDEV)) {
        String name = scope.name().toLowerCase(Locale.ROOT) + "." + of + "." + part.name().toLowerCase(Locale.ROOT);
        declare(new Variable(name, scope, window.measure(), window.aggregate(), part, of));
      }
    }
  }

  /** A measure may be named like a scope: what is declared first keeps the name. */
  private void declare(Variable variable) {
    byName.putIfAbsent(variable.name(), variable);
  }

  /** The variable of that name; null when there is none. */
  Variable find(String name) {
    return byName.get(name);
  }

  Collection<Variable> all() {
    return byName.values();
  }

  /** Names that begin with {@code prefix}, with commas between; with none those of the window, in short, and the other words. */
  String names(String prefix) {
    if (!prefix.isEmpty()) {
      return byName.keySet().stream().filter(name -> name.startsWith(prefix)).collect(Collectors.joining(", "));
    }
    String own = byName.values().stream()
        .filter(variable -> variable.scope() == Scope.WINDOW && (variable.measure() < 0 || !variable.name().startsWith("window.")))
        .map(Variable::name).collect(Collectors.joining(", "));
    return own + ", and others that begin with previous, rolling, event, baseline, weekly";
  }
}
