package io.hourglass.event;

import java.util.Arrays;

/** What one event holds in its wanted fields, by slot. */
final class Values {
  enum Kind {
    ABSENT, TEXT, NUMBER, BOOLEAN,
    /** An object or an array. */
    STRUCTURE,
    /** NaN, infinite, or too large for a double. */
    NO_NUMBER
  }

  private final Kind[] kinds;
  private final double[] numbers;
  private final String[] texts;

  Values(int slots) {
    kinds = new Kind[slots];
    numbers = new double[slots];
    texts = new String[slots];
    Arrays.fill(kinds, Kind.ABSENT);
  }

  void set(int slot, Kind kind) {
    kinds[slot] = kind;
  }

  void number(int slot, double number) {
    numbers[slot] = number;
  }

  void text(int slot, String text) {
    texts[slot] = text;
  }

  /** A value that was made: a Number, a String, a Boolean, or null for none. */
  void put(int slot, Object value) {
    boolean number = value instanceof Number;
    numbers[slot] = number ? ((Number) value).doubleValue() : 0;
    texts[slot] = value == null ? null : String.valueOf(value);
    kinds[slot] = value == null ? Kind.ABSENT
        : number ? (Double.isFinite(numbers[slot]) ? Kind.NUMBER : Kind.NO_NUMBER) : value instanceof Boolean ? Kind.BOOLEAN : Kind.TEXT;
  }

  Kind kind(int slot) {
    return kinds[slot];
  }

  boolean absent(int slot) {
    return kinds[slot] == Kind.ABSENT;
  }

  /** The number at {@code slot}, if it was wanted as one and is one. */
  double number(int slot) {
    return numbers[slot];
  }

  /** The text, the number's or the boolean's literal at {@code slot}, if it was wanted as text. */
  String text(int slot) {
    return texts[slot];
  }

  /** What stands at {@code slot}, for people. */
  String describe(int slot) {
    return switch (kinds[slot]) {
      case ABSENT -> "nothing";
      case TEXT -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case STRUCTURE -> "an object or array";
      case NO_NUMBER -> "a number that is not finite";
    };
  }
}
