package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hourglass.query.Resolution;
import io.hourglass.query.RollUps;
import io.hourglass.settings.Pipeline;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code GET …/windows?resolution=day}: windows of a key added up to days or months of the pipeline's zone. */
final class RollUpAnswers {
  /** So many windows may make up a day or a month. */
  private static final long MOST_WINDOWS = 9_000;

  /** @param windows how many were added up */
  record Item(@JsonUnwrapped WindowJson total, String resolution, int windows, List<String> leftOut) {}

  private final PipelineAnswers pipelines;
  private final RollUps rollUps;

  RollUpAnswers(PipelineAnswers pipelines, RollUps rollUps) {
    this.pipelines = pipelines;
    this.rollUps = rollUps;
  }

  /** Whether the request is for windows as they are. */
  static boolean asksForWindows(HttpRequest request) {
    return new Parameters(request).choice("resolution", "window", "day", "month").filter(each -> !each.equals("window")).isEmpty();
  }

  CompletionStage<HttpResponse> page(HttpRequest request, String name, String key) {
    Listing.media(request);
    Pipeline pipeline = pipelines.named(name);
    Parameters parameters = new Parameters(request);
    Resolution resolution = resolution(pipeline, parameters);
    long to = parameters.time("to").orElse(Long.MAX_VALUE);
    long before = parameters.cursor().map(KeyAnswers::start).map(start -> Math.min(start, to)).orElse(to);
    return rollUps.range(pipeline, key, resolution, parameters.time("from").orElse(Long.MIN_VALUE), before, parameters.limit(), parameters.durable())
        .thenApply(found -> found.orElseThrow(() -> Problem.unknown("key", key).refusal()))
        .thenApply(found -> listing(pipeline, key, resolution, found).response(request));
  }

  private static Resolution resolution(Pipeline pipeline, Parameters parameters) {
    String asked = parameters.text("resolution").orElseThrow();
    Resolution resolution = Resolution.valueOf(asked.toUpperCase(Locale.ROOT));
    if (resolution.windows(pipeline.window().sizeMs()) > MOST_WINDOWS) {
      throw Problem.badParameter("resolution", asked, "at most " + MOST_WINDOWS + " windows of " + pipeline.window().sizeMs() / 1_000 + "s in it").refusal();
    }
    return resolution;
  }

  private static Listing listing(Pipeline pipeline, String key, Resolution resolution, RollUps.Found found) {
    String name = resolution.name().toLowerCase(Locale.ROOT);
    return new Listing(
        found.items().stream().map(each -> new Item(WindowJson.of(pipeline.name(), key, each.total()), name, each.windows(), each.leftOut())).toList(),
        Optional.ofNullable(found.next()).map(next -> Parameters.cursor(next.toString())).orElse(null));
  }
}
