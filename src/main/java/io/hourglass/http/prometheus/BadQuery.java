package io.hourglass.http.prometheus;

/** A query, or a parameter of it, that is not understood here; the message is for people. */
final class BadQuery extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadQuery(String message) {
    super(message, null, false, false);
  }
}
