package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import io.hourglass.query.Letters;
import io.hourglass.query.Letters.Asked;
import io.hourglass.query.Letters.Found;
import io.hourglass.query.Letters.Kind;
import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** {@code /v1/pipelines/{p}/dead-letters} and {@code …/late}: what was put aside, newest first. */
public final class LetterRoutes extends AllDirectives {
  private final List<Pipeline> pipelines;
  private final Letters letters;

  public LetterRoutes(List<Pipeline> pipelines, Letters letters) {
    this.pipelines = List.copyOf(pipelines);
    this.letters = letters;
  }

  /** The routes with their whole paths. */
  public Route route() {
    return pathPrefix(segment("v1").slash("pipelines").slash(segment()), name -> concat(
        path("dead-letters", () -> list(name, Kind.DEAD_LETTERS)),
        path("late", () -> list(name, Kind.LATE))));
  }

  private Route list(String name, Kind kind) {
    return get(() -> extractRequest(request -> completeWithFuture(page(request, name, kind))));
  }

  private CompletionStage<HttpResponse> page(HttpRequest request, String name, Kind kind) {
    Pipeline pipeline = PipelineAnswers.named(pipelines, name);
    Listing.media(request);
    return letters.page(pipeline, asked(kind, new Parameters(request)))
        .thenApply(found -> listing(pipeline, kind, found).response(request));
  }

  private static Asked asked(Kind kind, Parameters parameters) {
    boolean late = kind == Kind.LATE;
    return new Asked(kind, parameters.time("from").orElse(Long.MIN_VALUE), parameters.time("to").orElse(Long.MAX_VALUE),
        late ? Optional.empty() : parameters.text("reason"), late ? parameters.text("key") : Optional.empty(),
        parameters.cursor().map(LetterRoutes::places).orElse(null), parameters.limit());
  }

  private static Listing listing(Pipeline pipeline, Kind kind, Found found) {
    return new Listing(
        found.letters().stream().map(letter -> kind == Kind.LATE ? LetterJson.late(pipeline, letter) : LetterJson.deadLetter(pipeline, letter)).toList(),
        found.rest() == null ? null : Parameters.cursor(cursor(found.rest())));
  }

  private static String cursor(Map<Integer, Long> rest) {
    return rest.entrySet().stream().map(each -> each.getKey() + ":" + each.getValue()).collect(Collectors.joining(","));
  }

  private static Map<Integer, Long> places(String cursor) {
    Map<Integer, Long> places = new TreeMap<>();
    for (String place : cursor.split(",", -1)) {
      if (!place.matches("\\d{1,9}:\\d{1,18}")) {
        throw Parameters.badCursor(Parameters.cursor(cursor));
      }
      places.put(Integer.valueOf(place.split(":")[0]), Long.valueOf(place.split(":")[1]));
    }
    return places;
  }
}
