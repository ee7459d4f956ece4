package io.hourglass.rule;

/** A condition that is no condition: the message is one line that says what was expected. */
public final class BadCondition extends Exception {
  BadCondition(String expected) {
    super(expected.replaceAll("\\s+", " "));
  }
}
