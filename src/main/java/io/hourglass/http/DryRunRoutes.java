package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import io.hourglass.query.DryRun;
import io.hourglass.query.DryRun.Fired;
import io.hourglass.query.DryRun.Tried;
import io.hourglass.rule.RuleSpec;
import io.hourglass.settings.BadSettings;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.RuleText;
import io.hourglass.window.RaisedAlert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code POST /v1/pipelines/{p}/rules/{rule}/dry-run}: what a rule would have told of the newest events. */
public final class DryRunRoutes extends AllDirectives {
  private static final long MOST_BODY_BYTES = 64 << 10;
  private static final int MOST_TOLD = 100;

  private final List<Pipeline> pipelines;
  private final DryRun dryRun;

  public DryRunRoutes(List<Pipeline> pipelines, DryRun dryRun) {
    this.pipelines = List.copyOf(pipelines);
    this.dryRun = dryRun;
  }

  /** The route with its whole path. */
  public Route route() {
    return path(segment("v1").slash("pipelines").slash(segment()).slash("rules").slash(segment()).slash("dry-run"), (pipeline, rule) ->
        post(() -> extractRequest(request -> withSizeLimit(MOST_BODY_BYTES, () -> entity(Unmarshaller.entityToString(),
            json -> withoutRequestTimeout(() -> completeWithFuture(run(request, pipeline, rule, json))))))));
  }

  private CompletionStage<HttpResponse> run(HttpRequest request, String name, String rule, String json) {
    Pipeline pipeline = PipelineAnswers.named(pipelines, name);
    Media media = Media.best(request, Media.JSON);
    return dryRun.of(pipeline, read(pipeline, rule, json)).handle((tried, failure) -> {
      if (failure == null) {
        return media.response(Json.bytes(told(pipeline, rule, tried)));
      }
      Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
      throw cause instanceof DryRun.NoOrder ? Problem.of(409, "Conflict", cause.getMessage()).refusal() : new CompletionException(cause);
    });
  }

  private static RuleSpec read(Pipeline pipeline, String rule, String json) {
    try {
      return RuleText.read(rule, json, pipeline.keys());
    } catch (BadSettings bad) {
      throw Problem.badBody(bad.faults()).refusal();
    }
  }

  private static Map<String, Object> told(Pipeline pipeline, String rule, Tried tried) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("pipeline", pipeline.name());
    told.put("rule", rule);
    told.put("events", tried.events());
    told.put("refused", tried.refused());
    told.put("keys", tried.keys());
    told.put("from", Json.time(tried.from()));
    told.put("to", Json.time(tried.to()));
    told.put("fired", tried.fired().size());
    told.put("items", tried.fired().stream().limit(MOST_TOLD).map(each -> item(pipeline, each)).toList());
    return told;
  }

  private static Map<String, Object> item(Pipeline pipeline, Fired fired) {
    RaisedAlert alert = fired.alert();
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("key", fired.key());
    item.put("severity", alert.severity());
    item.put("summary", alert.summary());
    item.put("value", Double.isFinite(alert.value()) ? alert.value() : null);
    item.put("window", Map.of("start", Instant.ofEpochMilli(alert.start()), "end", Instant.ofEpochMilli(pipeline.window().endOf(alert.start()))));
    item.put("startsAt", Json.time(alert.at()));
    item.put("endsAt", Json.time(alert.endsAt()));
    return item;
  }
}
