package io.hourglass.http.prometheus;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RetryAfter;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import com.datastax.oss.driver.api.core.DriverException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hourglass.query.LiveKeys;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** {@code /prometheus/api/v1/…}, with GET and, where Prometheus has it, form-encoded POST; errors are Prometheus's own. */
public final class PrometheusRoutes extends AllDirectives {
  private static final ObjectMapper JSON = JsonMapper.builder().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final long MOST_BODY_BYTES = 64 << 10;
  private static final long RETRY_AFTER_S = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  /** Whose API this is part of. */
  private static final Map<String, String> BUILD = Map.of("version", "2.42.0", "revision", "hourglass", "branch", "", "buildUser", "",
      "buildDate", "", "goVersion", "");

  private final PrometheusQueries queries;
  private final SeriesNames names;
  private final Duration patience;
  private final ActorSystem<?> system;

  public PrometheusRoutes(ActorSystem<?> system, List<Pipeline> pipelines, LiveKeys live, History history, InstantSource clock) {
    this(system, pipelines, live, history, PATIENCE, clock);
  }

  /** @param patience how long an answer may take */
  PrometheusRoutes(ActorSystem<?> system, List<Pipeline> pipelines, LiveKeys live, History history, Duration patience, InstantSource clock) {
    this.system = system;
    this.patience = patience;
    this.queries = new PrometheusQueries(List.copyOf(pipelines), live, history, patience, clock);
    this.names = new SeriesNames(List.copyOf(pipelines), history, patience);
  }

  public Route route() {
    return pathPrefix(segment("prometheus").slash("api").slash("v1"), () -> concat(
        path("query_range", () -> asked(queries::range)),
        path("query", () -> asked(queries::instant)),
        path("labels", () -> asked(arguments -> names.labels())),
        path(segment("label").slash(segment()).slash("values"), label -> got(arguments -> names.values(label, arguments))),
        path("series", () -> asked(names::series)),
        path("metadata", () -> got(names::metadata)),
        path(segment("status").slash("buildinfo"), () -> got(arguments -> CompletableFuture.completedFuture(BUILD)))));
  }

  private Route asked(Function<Arguments, CompletionStage<Object>> query) {
    return encodeResponse(() -> parameterMultiMap(given -> concat(
        get(() -> completeWithFuture(answer(query, new Arguments(given)))),
        post(() -> withSizeLimit(MOST_BODY_BYTES, () -> formFieldMultiMap(form ->
            completeWithFuture(answer(query, new Arguments(both(given, form))))))))));
  }

  /** What Prometheus, too, tells with GET alone. */
  private Route got(Function<Arguments, CompletionStage<Object>> query) {
    return encodeResponse(() -> parameterMultiMap(given -> get(() -> completeWithFuture(answer(query, new Arguments(given))))));
  }

  private static Map<String, List<String>> both(Map<String, List<String>> one, Map<String, List<String>> other) {
    Map<String, List<String>> both = new HashMap<>(one);
    other.forEach((name, values) -> both.merge(name, values, (first, second) -> {
      List<String> all = new ArrayList<>(first);
      all.addAll(second);
      return all;
    }));
    return both;
  }

  private CompletionStage<HttpResponse> answer(Function<Arguments, CompletionStage<Object>> query, Arguments arguments) {
    return CompletableFuture.completedFuture(arguments).thenCompose(query).orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(PrometheusRoutes::success).exceptionally(this::failure);
  }

  private static HttpResponse success(Object data) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "success");
    body.put("data", data);
    return json(body);
  }

  private HttpResponse failure(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return failure(failure.getCause());
    }
    if (failure instanceof BadQuery bad) {
      return error("bad_data", bad.getMessage()).withStatus(StatusCodes.BAD_REQUEST);
    }
    if (!away(failure)) {
      system.log().error("a Prometheus query failed", failure);
      return error("internal", "an unexpected error, written to the log").withStatus(StatusCodes.INTERNAL_SERVER_ERROR);
    }
    system.log().warn("a Prometheus query was not answered: {}", failure.toString());
    return error("timeout", "what holds the answer did not give it in time; try again")
        .withStatus(StatusCodes.SERVICE_UNAVAILABLE).addHeader(RetryAfter.create(RETRY_AFTER_S));
  }

  private static boolean away(Throwable failure) {
    return failure instanceof TimeoutException || failure instanceof DriverException || failure instanceof RejectedExecutionException;
  }

  private static HttpResponse error(String type, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "error");
    body.put("errorType", type);
    body.put("error", message);
    return json(body);
  }

  private static HttpResponse json(Object body) {
    try {
      return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, JSON.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
