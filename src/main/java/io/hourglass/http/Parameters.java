package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.scaladsl.model.IllegalUriException;
import akka.http.javadsl.model.Query;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The query of a request, parameter by parameter; each throws a {@link Problem.Refusal} that names it. */
final class Parameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final Query query;

  Parameters(HttpRequest request) {
    try {
      query = request.getUri().query();
    } catch (IllegalUriException e) {
      throw Problem.of(400, "Bad Request", "the query is not percent-encoded: " + e.getMessage()).refusal();
    }
  }

  Optional<String> text(String name) {
    return query.get(name);
  }

  /** Epoch milliseconds. */
  Optional<Long> time(String name) {
    return text(name).map(value -> time(name, value));
  }

  static long time(String name, String value) {
    try {
      return Times.parse(value);
    } catch (IllegalArgumentException e) {
      throw Problem.badParameter(name, value, "ISO-8601 with an offset, or epoch milliseconds").refusal();
    }
  }

  /** A duration of at most {@code max}. */
  Duration length(String name, Duration or, Duration max) {
    String value = text(name).orElse(null);
    try {
      Duration length = value == null ? or : Times.length(value);
      if (!length.isNegative() && length.compareTo(max) <= 0) {
        return length;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw Problem.badParameter(name, value, "a duration such as 30s, at most " + max.toSeconds() + "s").refusal();
  }

  int limit() {
    return wholeNumber("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
  }

  /** @param most at most nine digits */
  int wholeNumber(String name, int or, int least, int most) {
    String value = text(name).orElse(String.valueOf(or));
    if (value.matches("\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Problem.badParameter(name, value, least + " to " + most).refusal();
  }

  /** One of {@code allowed}, or empty. */
  Optional<String> choice(String name, String... allowed) {
    Optional<String> value = text(name);
    if (value.isPresent() && !List.of(allowed).contains(value.get())) {
      throw Problem.badParameter(name, value.get(), String.join(", ", allowed)).refusal();
    }
    return value;
  }

  /** Whether the answer shall come from durable state alone. */
  boolean durable() {
    return choice("consistency", "latest", "durable").filter("durable"::equals).isPresent();
  }

  /** The place that {@link #cursor(String)} hid, or empty. */
  Optional<String> cursor() {
    return text("cursor").map(Parameters::decoded);
  }

  private static String decoded(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw badCursor(cursor);
    }
  }

  static Problem.Refusal badCursor(String cursor) {
    return Problem.badParameter("cursor", cursor, "the next of an earlier answer").refusal();
  }

  /** A place as an opaque cursor. */
  static String cursor(String place) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }
}
