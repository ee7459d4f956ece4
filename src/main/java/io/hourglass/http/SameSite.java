package io.hourglass.http;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps pages of other sites, open in the browser of somebody who may ask, from changing anything here and from listening on a
 * WebSocket. A browser says by {@code Origin} whose page asks; who says nothing is no browser and passes.
 */
final class SameSite extends AllDirectives {
  private static final Set<String> READING = Set.of(HttpMethods.GET.name(), HttpMethods.HEAD.name(), HttpMethods.OPTIONS.name());

  /** {@code routes}, for all but those pages: 403. */
  Route only(Supplier<Route> routes) {
    return extractRequest(request -> {
      if (guarded(request) && foreign(request)) {
        throw Problem.of(403, "Forbidden", "Origin: " + header(request, "Origin") + " (expected: that of the address asked, " + header(request, "Host")
            + "; pages of other sites may not change anything nor open a WebSocket)").refusal();
      }
      return routes.get();
    });
  }

  private static boolean guarded(HttpRequest request) {
    return !READING.contains(request.method().name()) || request.getAttribute(AttributeKeys.webSocketUpgrade).isPresent();
  }

  /** Behind a proxy that changes Host a browser's own word that the page is of the same origin counts; no page can set it. */
  private static boolean foreign(HttpRequest request) {
    String origin = header(request, "Origin");
    return !origin.isEmpty()
        && !header(request, "Sec-Fetch-Site").equals("same-origin")
        && !authority(origin).equals(header(request, "Host").toLowerCase(Locale.ROOT));
  }

  private static String header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value).orElse("");
  }

  /** Host and port, as Host has them: without the port that its scheme has anyway. */
  private static String authority(String origin) {
    String plain = origin.toLowerCase(Locale.ROOT);
    if (plain.startsWith("http://")) {
      return plain.substring(7).replaceFirst(":80$", "");
    }
    return plain.startsWith("https://") ? plain.substring(8).replaceFirst(":443$", "") : "";
  }
}
