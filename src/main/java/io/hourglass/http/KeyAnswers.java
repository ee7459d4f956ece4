package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.hourglass.alert.Marks;
import io.hourglass.query.FiringAlerts;
import io.hourglass.query.HeldWindows;
import io.hourglass.query.LiveKeys;
import io.hourglass.query.Windows;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import io.hourglass.store.Page;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.WindowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keys and their windows. */
final class KeyAnswers {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final PipelineAnswers pipelines;
  private final LiveKeys live;
  private final HeldWindows held;
  private final History history;
  private final Windows windows;
  private final FiringAlerts firing;
  private final Marks marks;

  KeyAnswers(PipelineAnswers pipelines, LiveKeys live, HeldWindows held, History history, Windows windows, FiringAlerts firing, Marks marks) {
    this.pipelines = pipelines;
    this.live = live;
    this.held = held;
    this.history = history;
    this.windows = windows;
    this.firing = firing;
    this.marks = marks;
  }

  CompletionStage<HttpResponse> all(HttpRequest request, String name) {
    Listing.media(request);
    Parameters parameters = new Parameters(request);
    return history
        .keys(pipelines.named(name), parameters.text("prefix").orElse(""), parameters.cursor().orElse(null), parameters.limit())
        .thenApply(page -> new Listing(page.items(), next(page)).response(request));
  }

  private static String next(Page<String> page) {
    return page.next() == null ? null : Parameters.cursor(page.next());
  }

  CompletionStage<HttpResponse> one(HttpRequest request, String name, String key) {
    Media media = Media.best(request, Media.JSON);
    Pipeline pipeline = pipelines.named(name);
    return live.key(pipeline, key, new Parameters(request).durable())
        .thenApply(held -> held.orElseThrow(() -> Problem.unknown("key", key).refusal()))
        .thenApply(held -> media.response(Json.bytes(KeyJson.of(pipeline, key, held, firing, marks))));
  }

  CompletionStage<HttpResponse> windows(HttpRequest request, String name, String key) {
    Listing.media(request);
    Pipeline pipeline = pipelines.named(name);
    Parameters parameters = new Parameters(request);
    long to = parameters.time("to").orElse(Long.MAX_VALUE);
    long before = parameters.cursor().map(KeyAnswers::start).map(start -> Math.min(start, to)).orElse(to);
    return windows
        .range(pipeline, key, parameters.time("from").orElse(Long.MIN_VALUE), before, parameters.limit(), parameters.durable())
        .thenApply(found -> found.orElseThrow(() -> Problem.unknown("key", key).refusal()))
        .thenApply(found -> listing(pipeline, key, found).response(request));
  }

  static long start(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw Parameters.badCursor(cursor);
    }
  }

  private static Listing listing(Pipeline pipeline, String key, Windows.Found found) {
    List<WindowResult> windows = found.windows();
    return new Listing(
        windows.stream().map(each -> WindowJson.of(pipeline.name(), key, each)).toList(),
        found.more() ? Parameters.cursor(String.valueOf(windows.get(windows.size() - 1).start())) : null);
  }

  /** @param waited already; taken from the time for which the window is waited for */
  CompletionStage<HttpResponse> window(HttpRequest request, String name, String key, String at, Duration waited) {
    Media media = Media.best(request, Media.JSON);
    Pipeline pipeline = pipelines.named(name);
    Parameters parameters = new Parameters(request);
    long start = Parameters.time("start", at);
    boolean wait = parameters.choice("wait", "final").isPresent();
    Duration timeout = parameters.length("timeout", WAIT, LONGEST_WAIT);
    CompletionStage<Optional<WindowResult>> window = wait
        ? windows.closed(pipeline, key, start, parameters.durable(), timeout.minus(waited))
        : windows.one(pipeline, key, start, parameters.durable());
    return window
        .thenApply(found -> found.orElseThrow(() -> Problem.unknown("window", named(key, start)).refusal()))
        .thenApply(found -> media.response(Json.bytes(WindowJson.of(pipeline.name(), key, found))));
  }

  CompletionStage<HttpResponse> rolling(HttpRequest request, String name, String key) {
    Media media = Media.best(request, Media.JSON);
    Pipeline pipeline = pipelines.named(name);
    Parameters parameters = new Parameters(request);
    return held.rolling(pipeline, key, rollingLength(pipeline.keys().panes(), parameters), parameters.durable())
        .thenApply(found -> found.orElseThrow(() -> Problem.unknown("key", key).refusal()))
        .thenApply(found -> media.response(Json.bytes(RollingJson.of(pipeline, key, found))));
  }

  private static long rollingLength(PaneSpec panes, Parameters parameters) {
    Duration longest = Duration.ofMillis(panes.lengthMs());
    Duration pane = Duration.ofMillis(panes.sizeMs());
    if (panes.off()) {
      throw Problem.of(404, "Not Found", "window.rolling: off (expected: a length, for a pipeline that is asked for rolling windows)").refusal();
    }
    Duration length = parameters.length("length", longest, longest);
    if (length.isZero() || length.toMillis() % pane.toMillis() != 0) {
      throw Problem.badParameter("length", parameters.text("length").orElseThrow(), "a multiple of " + pane.toSeconds() + "s, at most " + longest.toSeconds() + "s")
          .refusal();
    }
    return length.toMillis();
  }

  private static String named(String key, long start) {
    return "of " + key + " at " + Instant.ofEpochMilli(start);
  }
}
