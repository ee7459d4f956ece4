package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawRequestURI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys that are {@code .} or {@code ..}. In a path these mean "here" and "above" (RFC 3986, 6.2.2.3) however they are
 * encoded, and are gone when a route sees it. From the request line as it came, percent-encoded ones are put back under a
 * name that nobody else uses.
 */
final class DotKeys {
  private static final Set<String> DOTS = Set.of("%2E", "%2E%2E");
  /** A character for private use, U+E000, encoded. */
  private static final String MARK = "%EE%80%80";
  private static final char MARK_CHARACTER = '\uE000';

  private DotKeys() {}

  /** The path to match: as it is, or, when the request line holds such a key, with it under its name. */
  static String named(HttpRequest request, String path) {
    return request.getHeader(RawRequestURI.class)
        .map(RawRequestURI::uri)
        .filter(raw -> raw.startsWith("/") && raw.toUpperCase(Locale.ROOT).contains("/%2E"))
        .map(DotKeys::path)
        .orElse(path);
  }

  private static String path(String raw) {
    String path = raw.split("\\?", 2)[0];
    return Arrays.stream(path.split("/", -1))
        .map(segment -> DOTS.contains(segment.toUpperCase(Locale.ROOT)) ? MARK + segment : segment)
        .collect(Collectors.joining("/"));
  }

  /** The key that a segment of the path names. */
  static String key(String segment) {
    boolean dots = segment.length() > 1 && segment.charAt(0) == MARK_CHARACTER && segment.substring(1).matches("\\.{1,2}");
    return dots ? segment.substring(1) : segment;
  }
}
