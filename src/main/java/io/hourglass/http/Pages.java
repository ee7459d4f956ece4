package io.hourglass.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What is served as it lies in the jar: the front page and the OpenAPI document. */
final class Pages extends AllDirectives {
  private static final ContentType YAML = ContentTypes.parse("application/yaml");

  Route route() {
    return concat(
        pathSingleSlash(() -> file("/index.html", ContentTypes.TEXT_HTML_UTF8)),
        path("openapi.yaml", () -> file("/openapi.yaml", YAML)));
  }

  private Route file(String resource, ContentType type) {
    byte[] bytes = read(resource);
    return get(() -> complete(HttpResponse.create().withEntity(HttpEntities.create(type, bytes))));
  }

  private static byte[] read(String resource) {
    try (InputStream in = Pages.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
