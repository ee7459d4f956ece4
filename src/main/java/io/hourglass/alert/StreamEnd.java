package io.hourglass.alert;

/** Why the server ends a subscriber's stream; {@code code} closes a WebSocket (RFC 6455, 7.4). */
final class StreamEnd extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SERVICE_RESTART = 1012;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int BAD_REQUEST = 4400;
  /** A close frame has room for 123 bytes. */
  private static final int REASON = 120;

  private final int code;

  private StreamEnd(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  static StreamEnd goingAway() {
    return new StreamEnd(SERVICE_RESTART, "the node is going away: reconnect and resume");
  }

  static StreamEnd logRenewed() {
    return new StreamEnd(SERVICE_RESTART, "the alert log was created anew: reconnect");
  }

  static StreamEnd badRequest(String why) {
    String plain = why.replaceAll("[^ -~]", "?");
    return new StreamEnd(BAD_REQUEST, plain.substring(0, Math.min(plain.length(), REASON)));
  }

  static StreamEnd tooSlow() {
    return new StreamEnd(TRY_AGAIN_LATER, "too slow: reconnect and resume");
  }

  /** The same, with the id to resume after; a reason has room for 123 bytes. */
  StreamEnd at(String id) {
    return new StreamEnd(code, getMessage() + ", after=" + id);
  }

  int code() {
    return code;
  }
}
