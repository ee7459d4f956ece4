package io.hourglass.event;

import io.hourglass.event.Values.Kind;
import io.hourglass.rule.FieldExpression;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is made of an event's fields before it is counted: new ones ({@code derive}), then whether it is counted ({@code where}). */
final class Shape {
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<Integer, FieldExpression> derived = new LinkedHashMap<>();
  private final FieldExpression where;

  /**
   * Wants the fields that the expressions name.
   *
   * @param derive by the new field's name; an expression sees the event's own fields alone
   * @param where sees the new ones too
   */
  Shape(Map<String, String> derive, Optional<String> where, Field.Tree wanted) {
    this.where = where.map(FieldExpression::condition).orElse(null);
    Map<String, FieldExpression> compiled = new LinkedHashMap<>();
    derive.forEach((name, source) -> compiled.put(name, FieldExpression.value(source)));
    compiled.values().forEach(expression -> expression.fields().forEach(field -> slots.put(field, wanted.want(field, true, true))));
    compiled.forEach((name, expression) -> derived.put(wanted.make(name), expression));
    if (this.where != null) {
      this.where.fields().forEach(field -> slots.put(field, wanted.want(field, true, true)));
    }
  }

  /**
   * Sets the new fields of an event; returns whether it is counted. What hangs on a field that is missing has no value, and does
   * not hold.
   *
   * @throws Refused when an expression cannot be evaluated over it
   */
  boolean apply(Values values) throws Refused {
    for (Map.Entry<Integer, FieldExpression> each : derived.entrySet()) {
      values.put(each.getKey(), evaluate(each.getValue(), values));
    }
    return where == null || Boolean.TRUE.equals(evaluate(where, values));
  }

  private Object evaluate(FieldExpression expression, Values values) throws Refused {
    try {
      return expression.evaluate(name -> field(slots.get(name), values));
    } catch (FieldExpression.Failed failed) {
      throw new Refused(Reason.WRONG_TYPE, "an expression over fields of the event failed: " + failed.getMessage());
    }
  }

  private static Object field(int slot, Values values) {
    Kind kind = values.kind(slot);
    return switch (kind) {
      case NUMBER -> (Object) values.number(slot);
      case TEXT -> values.text(slot);
      case BOOLEAN -> Boolean.valueOf(values.text(slot));
      case ABSENT, STRUCTURE, NO_NUMBER -> null;
    };
  }
}
