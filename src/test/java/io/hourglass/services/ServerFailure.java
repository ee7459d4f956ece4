package io.hourglass.services;

/** A server that does not start or does not stop; the message is meant for a person and says all there is to say. */
public final class ServerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServerFailure(String message) {
    super(message);
  }

  public ServerFailure(String message, Throwable cause) {
    super(message + ": " + cause, cause);
  }
}
