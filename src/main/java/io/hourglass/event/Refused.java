package io.hourglass.event;

/** Leaves the decoding of a record that becomes a dead letter; without a stack trace, which nobody would read. */
final class Refused extends Exception {
  private final Reason reason;

  Refused(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
