package io.hourglass.query;

import io.hourglass.settings.Pipeline;
import io.hourglass.window.Aggregate;
import io.hourglass.window.MeasureSpec;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A number of a window that keys are ranked by. */
public final class Criterion {
  private static final String COUNT = "count";
  private static final String LATE = "late";

  private final String text;
  private final int measure;
  private final String name;
  private final Aggregate aggregate;

  private Criterion(String text, int measure, String name, Aggregate aggregate) {
    this.text = text;
    this.measure = measure;
    this.name = name;
    this.aggregate = aggregate;
  }

  /** The one that {@code text} names; empty when the pipeline keeps none of that name. */
  public static Optional<Criterion> of(Pipeline pipeline, String text) {
    return all(pipeline).stream().filter(each -> each.text.equals(text)).findFirst();
  }

  /** All that a pipeline keeps. */
  public static List<Criterion> all(Pipeline pipeline) {
    List<Criterion> all = new ArrayList<>(List.of(new Criterion(COUNT, -1, null, null), new Criterion(LATE, -1, null, null)));
    List<MeasureSpec> measures = pipeline.keys().measures();
    for (int i = 0; i < measures.size(); i++) {
      String name = measures.get(i).name();
      all.add(new Criterion(name + "." + COUNT, i, name, null));
      for (Aggregate aggregate : measures.get(i).numbers()) {
        all.add(new Criterion(name + "." + aggregate.label(), i, name, aggregate));
      }
    }
    return all;
  }

  /** As it is written, {@code bytes.sum}. */
  public String text() {
    return text;
  }

  /** Whether it is a measure's. */
  public boolean ofMeasure() {
    return measure >= 0;
  }

  /** NaN: this window has none. */
  public double of(WindowShare window) {
    if (measure < 0) {
      return text.equals(COUNT) ? window.count() : window.late();
    }
    return aggregate == null ? window.count(measure) : window.value(measure, aggregate);
  }

  /** NaN: this window has none. */
  public double of(WindowResult window) {
    if (measure < 0) {
      return text.equals(COUNT) ? window.count() : window.late();
    }
    WindowResult.MeasureResult result = window.measures().get(name);
    if (result == null) {
      return aggregate == null ? 0 : Double.NaN;
    }
    return aggregate == null ? result.count() : result.values().getOrDefault(aggregate.label(), Double.NaN);
  }
}
