package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import io.hourglass.query.RuleTable;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.RuleText;
import io.hourglass.store.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CompletableFuture;

/** The rules of a pipeline: which there are, and other ones. */
final class RuleAnswers {
  private final PipelineAnswers pipelines;
  private final RuleTable rules;

  RuleAnswers(PipelineAnswers pipelines, RuleTable rules) {
    this.pipelines = pipelines;
    this.rules = rules;
  }

  CompletionStage<HttpResponse> all(HttpRequest request, String name) {
    Pipeline pipeline = pipelines.named(name);
    Listing.media(request);
    Page<RuleTable.Live> page = Listing.named(request, rules.all(pipeline), rule -> rule.spec().name());
    Listing listing = new Listing(page.items().stream().map(rule -> told(pipeline, rule)).toList(), page.next());
    return CompletableFuture.completedFuture(listing.response(request));
  }

  CompletionStage<HttpResponse> one(HttpRequest request, String name, String rule) {
    Pipeline pipeline = pipelines.named(name);
    Media media = Media.best(request, Media.JSON);
    RuleTable.Live live = rules.find(pipeline, rule).orElseThrow(() -> Problem.unknown("rule", rule).refusal());
    return CompletableFuture.completedFuture(media.response(Json.bytes(told(pipeline, live))));
  }

  /** 201 for a rule that was not there before. */
  CompletionStage<HttpResponse> put(HttpRequest request, String name, String rule, String json) {
    Pipeline pipeline = pipelines.named(name);
    Media media = Media.best(request, Media.JSON);
    boolean there = rules.find(pipeline, rule).isPresent();
    return rules.put(pipeline, rule, json).thenApply(live -> media.response(Json.bytes(told(pipeline, live)))
        .withStatus(there ? StatusCodes.OK : StatusCodes.CREATED));
  }

  /** 204 for a rule that might be put; the problems of {@link #put} for one that might not. Changes nothing. */
  CompletionStage<HttpResponse> validate(String name, String rule, String json) {
    rules.check(pipelines.named(name), rule, json);
    return CompletableFuture.completedFuture(HttpResponse.create().withStatus(StatusCodes.NO_CONTENT));
  }

  CompletionStage<HttpResponse> delete(String name, String rule) {
    return rules.delete(pipelines.named(name), rule).thenApply(deleted -> {
      if (!deleted) {
        throw Problem.unknown("rule", rule).refusal();
      }
      return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
    });
  }

  private static Map<String, Object> told(Pipeline pipeline, RuleTable.Live live) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", live.spec().name());
    told.put("pipeline", pipeline.name());
    told.putAll(RuleText.fields(live.spec()));
    told.put("source", live.source());
    told.put("version", live.version());
    told.put("updatedAt", Json.time(live.updatedAt()));
    return told;
  }
}
