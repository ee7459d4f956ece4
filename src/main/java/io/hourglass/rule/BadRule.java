package io.hourglass.rule;

/** A rule that is none: which part of it, what stands there, and what was expected. */
public final class BadRule extends Exception {
  private final String part;
  private final String value;

  BadRule(String part, String value, String expected) {
    super(expected);
    this.part = part;
    this.value = value;
  }

  /** {@code when}, {@code clear}, {@code summary} … */
  public String part() {
    return part;
  }

  public String value() {
    return value;
  }
}
