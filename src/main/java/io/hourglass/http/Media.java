package io.hourglass.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaRange;
import akka.http.javadsl.model.headers.Accept;
import akka.http.javadsl.model.headers.RetryAfter;
import java.util.Optional;

/** The representations, and which of them a request accepts. */
enum Media {
  JSON("application/json"), NDJSON("application/x-ndjson"), CSV("text/csv; charset=UTF-8");

  private static final ContentType PROBLEM = ContentTypes.parse("application/problem+json");
  private static final long RETRY_AFTER_S = 1;

  private final ContentType type;

  Media(String type) {
    this.type = ContentTypes.parse(type);
  }

  HttpResponse response(byte[] body) {
    return HttpResponse.create().withEntity(HttpEntities.create(type, body));
  }

  static HttpResponse problem(Problem problem) {
    HttpResponse response = HttpResponse.create()
        .withStatus(problem.status())
        .withEntity(HttpEntities.create(PROBLEM, Json.bytes(problem)));
    return problem.status() == 503 ? response.addHeader(RetryAfter.create(RETRY_AFTER_S)) : response;
  }

  /**
   * The one of {@code offered} that the request likes best, the first of equals.
   *
   * @throws Problem.Refusal 406, when it accepts none
   */
  static Media best(HttpRequest request, Media... offered) {
    Media best = null;
    float liked = 0;
    for (Media media : offered) {
      float quality = media.quality(request);
      if (quality > liked) {
        best = media;
        liked = quality;
      }
    }
    if (best == null) {
      throw Problem.of(406, "Not Acceptable", "Accept: none of what is offered here").refusal();
    }
    return best;
  }

  /** By the most specific range that matches, 0 when none does. */
  private float quality(HttpRequest request) {
    Optional<Accept> accept = request.getHeader(Accept.class);
    if (accept.isEmpty()) {
      return 1;
    }
    float quality = 0;
    int specific = -1;
    for (MediaRange range : accept.get().getMediaRanges()) {
      int precision = range.mainType().equals("*") ? 0 : range.toString().contains("/*") ? 1 : 2;
      if (range.matches(type.mediaType()) && precision > specific) {
        quality = range.qValue();
        specific = precision;
      }
    }
    return quality;
  }
}
