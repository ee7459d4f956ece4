package io.hourglass.rule;

import io.hourglass.window.Aggregate;
import io.hourglass.window.KnownValue;
import io.hourglass.window.Moments;
import io.hourglass.window.Observation;
import io.hourglass.window.Scene;
import io.hourglass.window.WindowView;

/**
 * What a condition can name: a number, or whether a value is new.
 *
 * @param name {@code window.count}, {@code previous.<measure>.<aggregate>}, {@code event.<measure>} …
 * @param measure the measure's place in the pipeline's order; −1 for the window itself
 * @param aggregate what is taken of the measure; null for a count, and for an event's
 * @param part what is taken of a baseline, or of an event
 * @param of the name of what a baseline is of, or of the measure; null elsewhere
 */
record Variable(String name, Scope scope, int measure, Aggregate aggregate, Part part, String of) {

  /** What is taken of what stands there. */
  enum Part { VALUE, COUNT, MEAN, STDDEV, NEW }

  /** A count of a window, or an aggregate. */
  static Variable of(String name, Scope scope, int measure, Aggregate aggregate) {
    return new Variable(name, scope, measure, aggregate, aggregate == null ? Part.COUNT : Part.VALUE, null);
  }

  /** What a baseline is of, and over which season. */
  String series() {
    return of + (scope == Scope.WEEKLY ? "@week" : "@day");
  }

  /** Of a baseline: what it is of, in the window itself. */
  Variable window() {
    return of(of, Scope.WINDOW, measure, aggregate);
  }

  boolean ofOneWindow() {
    return scope == Scope.WINDOW || scope == Scope.PREVIOUS;
  }

  /** {@code count}, or a measure's {@code bytes.mean}, as an answer about a window has them. */
  String inWindow() {
    return name.startsWith("window.") || name.startsWith("previous.") && scope == Scope.PREVIOUS ? name.substring(name.indexOf('.') + 1) : name;
  }

  /** Whether it is a whole number. */
  boolean counts() {
    return part == Part.COUNT;
  }

  boolean tells() {
    return part == Part.NEW;
  }

  /** What it costs to work out, for putting the cheap ones first: counts, numbers, sketches. */
  int cost() {
    boolean sketched = aggregate != null && (aggregate == Aggregate.DISTINCT || !Double.isNaN(aggregate.quantile()));
    return sketched ? 2 : counts() ? 0 : 1;
  }

  /** Its value at {@code scene} as CEL has it; null when there is none. */
  Object object(Scene scene) {
    if (counts() && scope.ofWindows()) {
      WindowView window = scope.of(scene);
      return window == null ? null : (Object) count(window);
    }
    double value = value(scene);
    if (Double.isNaN(value)) {
      return null;
    }
    return counts() ? (Object) (long) value : tells() ? (Object) (value != 0) : (Object) value;
  }

  /** Its value at {@code scene}, 1 for true; NaN when there is none. */
  double value(Scene scene) {
    return switch (scope) {
      case EVENT -> scene.event() == null ? Double.NaN : event(scene);
      case BASELINE, WEEKLY -> moment(scene.baseline(series(), scope == Scope.WEEKLY));
      default -> of(scope.of(scene));
    };
  }

  private double of(WindowView window) {
    return window == null ? Double.NaN : counts() ? count(window) : window.value(measure, aggregate);
  }

  private long count(WindowView window) {
    return measure < 0 ? window.count() : window.count(measure);
  }

  private double moment(Moments moments) {
    return switch (part) {
      case COUNT -> moments.count();
      case MEAN -> moments.count() == 0 ? Double.NaN : moments.mean();
      default -> moments.stddev();
    };
  }

  private double event(Scene scene) {
    double number = scene.event().numbers()[measure];
    if (part == Part.VALUE) {
      return number;
    }
    KnownValue value = known(scene.event());
    return value == null ? Double.NaN : scene.isNew(value) ? 1 : 0;
  }

  /** The value of the measure that an observation brings; null when it has none. */
  KnownValue known(Observation event) {
    String text = event.texts() == null ? null : event.texts()[measure];
    double number = event.numbers()[measure];
    return text != null ? new KnownValue(of, Fnv.hash(text))
        : Double.isNaN(number) ? null : new KnownValue(of, Double.doubleToLongBits(number));
  }
}
