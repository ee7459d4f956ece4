package io.hourglass.window;

/** A text that came {@code count} times, or up to {@code error} more; an error of 0: exactly so often. */
public record Frequent(String value, long count, long error) {

  /** How often it can have come at the most. */
  long most() {
    return count + error;
  }
}
