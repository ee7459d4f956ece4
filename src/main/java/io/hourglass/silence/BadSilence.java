package io.hourglass.silence;

/** A silence that cannot be; the message is one line for people, {@code field: value (expected: …)}. */
public final class BadSilence extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;
  private final String expected;

  public BadSilence(String field, String value, String expected) {
    super(field + ": " + value + " (expected: " + expected + ")", null, false, false);
    this.field = field;
    this.value = value;
    this.expected = expected;
  }

  public String field() {
    return field;
  }

  public String value() {
    return value;
  }

  public String expected() {
    return expected;
  }
}
