package io.hourglass.rule;

import io.hourglass.window.Aggregate;
import io.hourglass.window.MeasureSpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the conditions of a pipeline can name, by name: what its measures keep, and nothing else. */
final class Variables {
  private final Map<String, Variable> byName = new LinkedHashMap<>();

  Variables(List<MeasureSpec> measures) {
    declare("window.count", Scope.WINDOW, -1, null);
    declareMeasures("", Scope.WINDOW, measures);
    declareMeasures("window.", Scope.WINDOW, measures);
    declare("previous.count", Scope.PREVIOUS, -1, null);
    declareMeasures("previous.", Scope.PREVIOUS, measures);
    for (int i = 0; i < measures.size(); i++) {
      declare("event." + measures.get(i).name(), Scope.EVENT, i, null);
    }
  }

  private void declareMeasures(String prefix, Scope scope, List<MeasureSpec> measures) {
    for (int i = 0; i < measures.size(); i++) {
      MeasureSpec measure = measures.get(i);
      String name = prefix + measure.name() + ".";
      declare(name + "count", scope, i, null);
      for (Aggregate aggregate : measure.aggregates()) {
        declare(name + aggregate.label(), scope, i, aggregate);
      }
    }
  }

  /** A measure may be named like a scope: what is declared first keeps the name. */
  private void declare(String name, Scope scope, int measure, Aggregate aggregate) {
    byName.putIfAbsent(name, new Variable(name, scope, measure, aggregate));
  }

  /** The variable of that name; null when there is none. */
  Variable find(String name) {
    return byName.get(name);
  }

  Collection<Variable> all() {
    return byName.values();
  }

  /** Their names, of those that begin with {@code prefix}, with commas between. */
  String names(String prefix) {
    return byName.keySet().stream().filter(name -> name.startsWith(prefix)).collect(Collectors.joining(", "));
  }
}
