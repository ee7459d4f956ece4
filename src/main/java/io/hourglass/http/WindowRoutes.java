package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatcher1;
import akka.http.javadsl.server.Route;
import io.hourglass.query.Criterion;
import io.hourglass.query.PartitionStatus;
import io.hourglass.query.Progress;
import io.hourglass.query.Ranking;
import io.hourglass.query.WholeWindow;
import io.hourglass.query.WholeWindows;
import io.hourglass.settings.Pipeline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Windows of all keys: added up, ranked, explained. */
public final class WindowRoutes extends AllDirectives {
  private static final int RANKED = 10;

  private final List<Pipeline> pipelines;
  private final WholeWindows windows;
  private final Progress progress;
  private final InstantSource clock;
  private final Reads reads = new Reads();

  public WindowRoutes(List<Pipeline> pipelines, WholeWindows windows, Progress progress, InstantSource clock) {
    this.pipelines = List.copyOf(pipelines);
    this.windows = windows;
    this.progress = progress;
    this.clock = clock;
  }

  public Route route() {
    PathMatcher1<String> pipeline = segment("v1").slash("pipelines").slash(segment());
    return pathPrefix(pipeline.slash("windows"), name -> concat(
        path(segment(), start -> reads.answer(request -> merged(request, name, start))),
        path(segment().slash("top"), start -> reads.answer(request -> top(request, name, start))),
        path(segment().slash("explain"), start -> reads.answer(request -> explain(request, name, start)))));
  }

  private CompletionStage<HttpResponse> merged(HttpRequest request, String name, String at) {
    Media media = Media.best(request, Media.JSON);
    Pipeline pipeline = PipelineAnswers.named(pipelines, name);
    latest(request);
    long start = start(pipeline, at);
    return told(pipeline, start, null).thenApply(found -> media.response(Json.bytes(found.merged())));
  }

  private CompletionStage<HttpResponse> top(HttpRequest request, String name, String at) {
    Media media = Listing.media(request);
    Pipeline pipeline = PipelineAnswers.named(pipelines, name);
    latest(request);
    Parameters parameters = new Parameters(request);
    String by = parameters.text("by").orElse("count");
    if (Criterion.of(pipeline, by).isEmpty()) {
      throw Problem.badParameter("by", by, Criterion.all(pipeline).stream().map(Criterion::text).collect(Collectors.joining(", "))).refusal();
    }
    boolean descending = !parameters.choice("order", "desc", "asc").filter("asc"::equals).isPresent();
    Ranking ranking = new Ranking(by, descending, parameters.limit(RANKED));
    return told(pipeline, start(pipeline, at), ranking).thenApply(found -> media == Media.JSON
        ? media.response(Json.bytes(found.ranked(ranking)))
        : new Listing(found.whole().items(), null).response(request));
  }

  /** The nodes answer from what they hold now, with what is pending. */
  private static void latest(HttpRequest request) {
    new Parameters(request).text("consistency").filter(asked -> !asked.equals("latest")).ifPresent(asked -> {
      throw Problem.badParameter("consistency", asked, "latest; durable is not offered of all keys together").refusal();
    });
  }

  private CompletionStage<HttpResponse> explain(HttpRequest request, String name, String at) {
    Media media = Media.best(request, Media.JSON);
    Pipeline pipeline = PipelineAnswers.named(pipelines, name);
    long start = start(pipeline, at);
    CompletionStage<WholeWindow> keys = windows.window(pipeline, start, new Ranking("count", true, 1)).exceptionally(late -> null);
    return progress.of(pipeline).thenCombine(keys, (now, found) ->
        media.response(Json.bytes(new Explanation(pipeline, start, now, found, clock.millis()).json())));
  }

  /** @throws Problem.Refusal 404, when no window begins there */
  private static long start(Pipeline pipeline, String at) {
    long start = Parameters.time("start", at);
    if (start < Times.EARLIEST || start > Times.LATEST) {
      throw Problem.badParameter("start", at, "a time in the years 0 to 9999").refusal();
    }
    if (pipeline.window().startOf(start) != start) {
      throw Problem.unknown("window", "begins at " + Instant.ofEpochMilli(start)).refusal();
    }
    return start;
  }

  /** A window that was never opened and can be opened no more is unknown; of one that may come nothing is known yet. */
  private CompletionStage<WholeWindowJson> told(Pipeline pipeline, long start, Ranking ranking) {
    return windows.window(pipeline, start, ranking).thenCombine(progress.of(pipeline), (found, now) -> {
      boolean over = over(pipeline, start, now);
      if (over && gone(pipeline, start, now)) {
        throw Problem.unknown("window", "begins at " + Instant.ofEpochMilli(start) + " within retention: of each key its day is left (resolution=day)").refusal();
      }
      if (found.keys() == 0 && !found.complete()) {
        throw new CompletionException(new TimeoutException("nobody answered for " + pipeline.name()));
      }
      if (found.keys() == 0 && over) {
        throw Problem.unknown("window", "with any event begins at " + Instant.ofEpochMilli(start)).refusal();
      }
      return new WholeWindowJson(pipeline, start, found, over);
    });
  }

  /** Beyond retention windows are removed shard by shard, so that what is there is not all of them. */
  private static boolean gone(Pipeline pipeline, long start, Progress.Now now) {
    return now.partitions().stream().map(Progress.Partition::durableWatermark).filter(each -> each != null)
        .mapToLong(Long::longValue).max().stream().anyMatch(watermark -> start < watermark - pipeline.retention().toMillis());
  }

  private static boolean over(Pipeline pipeline, long start, Progress.Now now) {
    List<Long> watermarks = now.partitions().stream().map(Progress.Partition::status).map(PartitionStatus::watermark).filter(each -> each != null).toList();
    return !watermarks.isEmpty() && watermarks.stream().allMatch(watermark -> pipeline.window().closed(start, watermark));
  }
}
