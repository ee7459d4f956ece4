package io.hourglass.gatling;

import java.util.List;

/**
 * How long something took, in milliseconds.
 *
 * @param measured how many times
 * @param failures that are not among the times; there must be none
 * @param remark in words, what else there is to say
 */
record Figure(String name, long measured, long p50, long p95, long p99, long max, long failures, String remark) {
  private static final String SEPARATOR = "\t";

  /** One line of text, for {@link #parse}. */
  String line() {
    return String.join(SEPARATOR, List.of(name, text(measured), text(p50), text(p95), text(p99), text(max), text(failures), remark));
  }

  private static String text(long number) {
    return Long.toString(number);
  }

  static Figure parse(String line) {
    String[] parts = line.split(SEPARATOR, -1);
    return new Figure(parts[0], number(parts[1]), number(parts[2]), number(parts[3]), number(parts[4]), number(parts[5]), number(parts[6]),
        parts[7]);
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }
}
