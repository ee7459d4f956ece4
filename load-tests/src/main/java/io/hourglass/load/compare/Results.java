package io.hourglass.load.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What all runs have come to, by engine, in the order in which the engines ran. */
final class Results {
  static final String LIMIT = "raw";

  private final Map<String, List<Run>> runs = new LinkedHashMap<>();

  record Run(Course course, Verdict verdict) {}

  /** A part of a run: until warm, or from there on. */
  enum Part {
    COLD, WARM;

    Figures of(Course course) {
      return this == COLD ? course.cold() : course.warmed();
    }

    boolean in(Course course) {
      return this == COLD || course.hasWarm();
    }
  }

  void add(String engine, Course course, Verdict verdict) {
    runs.computeIfAbsent(engine, first -> new ArrayList<>()).add(new Run(course, verdict));
  }

  List<String> engines() {
    return List.copyOf(runs.keySet());
  }

  List<Run> of(String engine) {
    return runs.get(engine);
  }

  boolean exact() {
    return runs.values().stream().flatMap(List::stream).allMatch(run -> run.verdict().exact());
  }

  Spread whole(String engine, ToDoubleFunction<Course> figure) {
    return Spread.of(of(engine).stream().map(Run::course).mapToDouble(figure));
  }

  /** Empty when no run of the engine has that part. */
  Optional<Spread> part(Part part, String engine, ToDoubleFunction<Figures> figure) {
    var values = of(engine).stream().map(Run::course).filter(part::in).map(part::of).mapToDouble(figure).toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(Arrays.stream(values)));
  }

  /** What the engine, its Cassandra, and Kafka use, the last without what handing out the events costs it anyway. */
  Optional<Spread> withStores(Part part, String engine) {
    var limit = runs.containsKey(LIMIT) ? part(part, LIMIT, Figures::kafka).map(Spread::median) : Optional.<Double>empty();
    return part(part, engine, figures -> figures.engine() + cassandra(engine, figures)
        + limit.map(shared -> Math.max(0, figures.kafka() - shared)).orElse(0.0));
  }

  /** Idle for every engine but one. */
  static double cassandra(String engine, Figures figures) {
    return engine.equals(Engines.HOURGLASS) ? figures.cassandra() : 0;
  }
}
