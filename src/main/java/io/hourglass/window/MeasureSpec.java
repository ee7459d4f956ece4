package io.hourglass.window;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A field of the event that is aggregated.
 *
 * @param name how rules and answers call it
 * @param field path of the field in the event, {@code attrs.site} for a nested one
 * @param aggregates what is kept of it
 */
public record MeasureSpec(String name, String field, Set<Aggregate> aggregates) {

  public MeasureSpec {
    aggregates = Collections.unmodifiableSet(
        aggregates.isEmpty() ? EnumSet.noneOf(Aggregate.class) : EnumSet.copyOf(aggregates));
  }

  /** Whether any aggregate wants the field as a number. */
  public boolean ofNumbers() {
    return aggregates.stream().anyMatch(aggregate -> !aggregate.ofText());
  }

  /** Whether any aggregate wants the field as text. */
  public boolean ofTexts() {
    return aggregates.stream().anyMatch(Aggregate::ofText);
  }

  /** The aggregates that are told as numbers. */
  public List<Aggregate> numbers() {
    return aggregates.stream().filter(Aggregate::isNumber).toList();
  }

  boolean keeps(Aggregate one) {
    return aggregates.contains(one);
  }
}
