package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page at {@code /} and its parts, {@code /dashboard/<name>}: files of the jar's {@code dashboard} directory, and
 * the one library they use. A browser may load nothing else and ask nobody else, and makes no markup out of text.
 */
final class Dashboard extends AllDirectives {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+\\.(js|css|svg)");
  private static final Map<String, ContentType> TYPES = Map.of(
      "js", ContentTypes.parse("text/javascript; charset=UTF-8"),
      "css", ContentTypes.parse("text/css; charset=UTF-8"),
      "svg", ContentTypes.parse("image/svg+xml"));
  /** Preact with hooks and templates, one module. */
  private static final String LIBRARY = "/META-INF/resources/_static/htm/3.1.1/preact/standalone.module.js";
  private static final List<HttpHeader> HEADERS = List.of(
      RawHeader.create("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"),
      RawHeader.create("X-Content-Type-Options", "nosniff"),
      RawHeader.create("Referrer-Policy", "no-referrer"),
      CacheControl.create(CacheDirectives.NO_CACHE));

  private final Map<String, Packed> files = new ConcurrentHashMap<>();
  private final Packed index = Packed.read("/dashboard/index.html", ContentTypes.TEXT_HTML_UTF8).orElseThrow();
  private final Packed library = Packed.read(LIBRARY, TYPES.get("js")).orElseThrow();

  Route route() {
    return concat(
        pathSingleSlash(() -> file(index)),
        path(segment("dashboard").slash("lib").slash("preact.js"), () -> file(library)),
        path(segment("dashboard").slash(segment()), name -> part(name).map(this::file).orElseGet(this::reject)));
  }

  private Optional<Packed> part(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(files.computeIfAbsent(name, each -> Packed.read("/dashboard/" + each, TYPES.get(matcher.group(1))).orElse(null)));
  }

  /** 304 when the browser has it already. */
  private Route file(Packed file) {
    return get(() -> respondWithHeaders(HEADERS, () -> conditional(file.tag(), () -> complete(file.response()))));
  }
}
