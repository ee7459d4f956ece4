package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The OpenAPI document to be read and tried out, at {@code /docs}: Swagger UI from its WebJar; nothing is asked of other servers. */
final class Docs extends AllDirectives {
  private static final String JAR = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
  private static final ContentType SCRIPT = ContentTypes.parse("text/javascript; charset=UTF-8");
  private static final ContentType STYLE = ContentTypes.parse("text/css; charset=UTF-8");
  private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

  Route route() {
    return encodeResponse(() -> concat(
        path("docs", () -> file("/docs/index.html", ContentTypes.TEXT_HTML_UTF8)),
        path(segment("docs").slash("start.js"), () -> file("/docs/start.js", SCRIPT)),
        path(segment("docs").slash("swagger-ui-bundle.js"), () -> file(JAR + "swagger-ui-bundle.js", SCRIPT)),
        path(segment("docs").slash("swagger-ui.css"), () -> file(JAR + "swagger-ui.css", STYLE))));
  }

  private Route file(String resource, ContentType type) {
    return get(() -> complete(HttpResponse.create().withEntity(HttpEntities.create(type, read(resource)))
        .addHeader(RawHeader.create("Content-Security-Policy", POLICY))));
  }

  private static String version() {
    Properties jar = new Properties();
    try (InputStream in = Docs.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      jar.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar.getProperty("version");
  }

  private static byte[] read(String resource) {
    try (InputStream in = Docs.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
