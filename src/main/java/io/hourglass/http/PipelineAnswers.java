package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.hourglass.query.PipelineStatus;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.Page;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What runs and how far it is. */
final class PipelineAnswers {
  private final List<Pipeline> pipelines;
  private final PipelineStatus status;

  PipelineAnswers(List<Pipeline> pipelines, PipelineStatus status) {
    this.pipelines = List.copyOf(pipelines);
    this.status = status;
  }

  /** @throws Problem.Refusal 404 */
  Pipeline named(String name) {
    return named(pipelines, name);
  }

  /** @throws Problem.Refusal 404 */
  static Pipeline named(List<Pipeline> pipelines, String name) {
    return pipelines.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.unknown("pipeline", name).refusal());
  }

  CompletionStage<HttpResponse> all(HttpRequest request) {
    Listing.media(request);
    Page<Pipeline> page = Listing.named(request, pipelines, Pipeline::name);
    List<CompletableFuture<PipelineJson>> each =
        page.items().stream().map(pipeline -> told(pipeline).toCompletableFuture()).toList();
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenApply(done -> new Listing(each.stream().map(CompletableFuture::join).toList(), page.next()).response(request));
  }

  CompletionStage<HttpResponse> one(HttpRequest request, String name) {
    Media media = Media.best(request, Media.JSON);
    return told(named(name)).thenApply(pipeline -> media.response(Json.bytes(pipeline)));
  }

  private CompletionStage<PipelineJson> told(Pipeline pipeline) {
    return status.partitions(pipeline)
        .thenCombine(status.aside(pipeline), (partitions, aside) -> PipelineJson.of(pipeline, partitions, aside));
  }
}
