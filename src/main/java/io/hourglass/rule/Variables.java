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
    declare(new Variable("window.count", -1, null));
    for (int i = 0; i < measures.size(); i++) {
      MeasureSpec measure = measures.get(i);
      declare(new Variable(measure.name() + ".count", i, null));
      for (Aggregate aggregate : measure.aggregates()) {
        declare(new Variable(measure.name() + "." + aggregate.label(), i, aggregate));
      }
    }
  }

  private void declare(Variable variable) {
    byName.put(variable.name(), variable);
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
