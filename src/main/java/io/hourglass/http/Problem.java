package io.hourglass.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param parameter the parameter at fault, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail, String parameter) {
  private static final String TYPE = "urn:hourglass:problem:";

  static Problem badParameter(String parameter, String value, String expected) {
    return new Problem(TYPE + "bad-parameter", "Bad parameter", 400,
        parameter + ": " + value + " (expected: " + expected + ")", parameter);
  }

  /** What was sent is not what was expected. @param faults one line each, {@code part: value (expected: …)} */
  static Problem badBody(List<String> faults) {
    String part = faults.get(0).substring(0, Math.max(0, faults.get(0).indexOf(':')));
    return new Problem(TYPE + "bad-body", "Bad body", 400, String.join("; ", faults), part);
  }

  static Problem tooLarge(String detail) {
    return of(413, "Content Too Large", detail);
  }

  /** @param what the kind of thing: pipeline, key, window */
  static Problem unknown(String what, String value) {
    return new Problem(TYPE + "unknown-" + what, "Unknown " + what, 404, "no " + what + " " + value, null);
  }

  static Problem unavailable(String detail) {
    return new Problem(TYPE + "unavailable", "Not able to answer in time", 503, detail, null);
  }

  static Problem internal() {
    return new Problem(TYPE + "internal", "Internal error", 500, "an unexpected error, written to the log", null);
  }

  /** Any other status; {@code title} is the status's reason. */
  static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, null);
  }

  /** Thrown by handlers that cannot go on. */
  Refusal refusal() {
    return new Refusal(this);
  }

  /** A problem on its way to the client. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Refusal(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
