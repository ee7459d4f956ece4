package io.hourglass.notify;

/** What came of a request. */
sealed interface Outcome {

  /** The receiver has it. */
  record Delivered() implements Outcome {}

  /** It is not to be sent again as it is. */
  record Refused(int status, String answer) implements Outcome {}

  /** It may be sent again: no answer in time, no connection, or an answer that says so. */
  record Failed(String why) implements Outcome {}
}
