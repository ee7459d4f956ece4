package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import io.hourglass.alert.Alert;
import io.hourglass.alert.AlertJson;
import io.hourglass.alert.Mark;
import io.hourglass.query.DryRuns;
import io.hourglass.query.FiringAlerts;
import io.hourglass.query.RuleTable;
import io.hourglass.rule.RuleSpec;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.RuleText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** {@code POST /v1/pipelines/{p}/rules/{rule}/dry-run}: what a rule, there or not, would have told over the newest events. */
public final class DryRunRoutes extends AllDirectives {
  private static final long MOST_BYTES = 64 << 10;
  private static final int EVENTS = 100_000;
  private static final int MOST_EVENTS = 200_000;
  private static final int SHOWN = 100;

  private final List<Pipeline> pipelines;
  private final RuleTable rules;
  private final DryRuns runs;
  private final FiringAlerts alerts;

  public DryRunRoutes(List<Pipeline> pipelines, RuleTable rules, DryRuns runs, FiringAlerts alerts) {
    this.pipelines = List.copyOf(pipelines);
    this.rules = rules;
    this.runs = runs;
    this.alerts = alerts;
  }

  /** The route with its whole path. */
  public Route route() {
    return path(segment("v1").slash("pipelines").slash(segment()).slash("rules").slash(segment().slash("dry-run")), (name, rule) -> post(() ->
        withoutRequestTimeout(() -> extractRequest(request -> withSizeLimit(MOST_BYTES, () -> entity(Unmarshaller.entityToString(),
            body -> completeWithFuture(answer(request, name, rule, body))))))));
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request, String name, String rule, String body) {
    Pipeline pipeline = PipelineAnswers.named(pipelines, name);
    Media media = Media.best(request, Media.JSON);
    RuleSpec spec = body.isBlank() ? known(pipeline, rule) : RuleText.read(rule, body, pipeline.keys());
    int events = new Parameters(request).wholeNumber("events", EVENTS, 1, MOST_EVENTS);
    return runs.run(pipeline, spec, events).exceptionally(DryRunRoutes::notNow)
        .thenApply(outcome -> media.response(Json.bytes(told(pipeline, rule, outcome))));
  }

  private RuleSpec known(Pipeline pipeline, String rule) {
    return rules.find(pipeline, rule).orElseThrow(() -> Problem.unknown("rule", rule).refusal()).spec();
  }

  private static DryRuns.Outcome notNow(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RejectedExecutionException) {
      throw Problem.unavailable("other dry runs wait").refusal();
    }
    throw cause instanceof TimeoutException ? Problem.unavailable(cause.getMessage()).refusal() : new CompletionException(cause);
  }

  private Map<String, Object> told(Pipeline pipeline, String rule, DryRuns.Outcome outcome) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("pipeline", pipeline.name());
    told.put("rule", rule);
    told.put("events", outcome.events());
    told.put("refused", outcome.refused());
    told.put("late", outcome.late());
    told.put("keys", outcome.keys());
    told.put("from", Json.time(outcome.from()));
    told.put("to", Json.time(outcome.to()));
    told.put("fired", outcome.alerts().size());
    told.put("alerts", outcome.alerts().stream().limit(SHOWN).map(raised -> AlertJson.item(alert(pipeline, raised), Mark.NONE)).toList());
    return told;
  }

  private Alert alert(Pipeline pipeline, DryRuns.Raised raised) {
    return alerts.alert(pipeline, raised.key(), raised.alert());
  }
}
