package io.hourglass.alert;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.japi.Pair;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a subscriber asks for. A label's parameter may be repeated: any of its values matches, exactly.
 * {@code Last-Event-ID} wins over {@code after}: a browser that reconnects sends the address as it was.
 */
record StreamRequest(After after, AlertFilter filter) {

  /** @throws IllegalArgumentException if {@code after} is neither an id nor {@code earliest} */
  static StreamRequest of(HttpRequest request) {
    return new StreamRequest(After.parse(begin(request)), filter(request));
  }

  private static Optional<String> begin(HttpRequest request) {
    return request
        .getHeader("Last-Event-ID")
        .map(HttpHeader::value)
        .filter(id -> !id.isEmpty())
        .or(() -> request.getUri().query().get("after"));
  }

  private static AlertFilter filter(HttpRequest request) {
    return new AlertFilter(
        all(request, "pipeline"), all(request, "rule"), all(request, "key"), all(request, "severity"));
  }

  private static Set<String> all(HttpRequest request, String name) {
    return request.getUri().query().toList().stream()
        .filter(parameter -> parameter.first().equals(name))
        .map(Pair::second)
        .collect(Collectors.toUnmodifiableSet());
  }
}
