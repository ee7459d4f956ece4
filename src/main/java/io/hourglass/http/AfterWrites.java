package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.hourglass.query.ReadPoint;
import io.hourglass.query.ReadYourWrites;
import io.hourglass.settings.Pipeline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers about a key that wait, with {@code at=}, until the key holds what was written. */
final class AfterWrites {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final PipelineAnswers pipelines;
  private final ReadYourWrites writes;

  AfterWrites(PipelineAnswers pipelines, ReadYourWrites writes) {
    this.pipelines = pipelines;
    this.writes = writes;
  }

  /** @param answer asked for when the key holds it, and told how long that took; 503 when it does not in time */
  CompletionStage<HttpResponse> then(HttpRequest request, String name, String key, Function<Duration, CompletionStage<HttpResponse>> answer) {
    Parameters parameters = new Parameters(request);
    Optional<String> at = parameters.text("at");
    if (at.isEmpty()) {
      return answer.apply(Duration.ZERO);
    }
    Pipeline pipeline = pipelines.named(name);
    Duration timeout = parameters.length("timeout", WAIT, LONGEST_WAIT);
    long begun = System.nanoTime();
    return writes.reached(pipeline, key, parameters.durable(), point(at.get()), timeout).thenCompose(reached -> {
      if (!reached) {
        throw Problem.unavailable("at: " + key + " has not seen all of it in " + timeout.toMillis() + " ms; try again").refusal();
      }
      return answer.apply(Duration.ofNanos(System.nanoTime() - begun));
    });
  }

  private static ReadPoint point(String at) {
    try {
      return ReadPoint.parse(at);
    } catch (IllegalArgumentException wrong) {
      throw Problem.badParameter("at", at, "<source>:<offset>, with commas between, such as a POST of events answers").refusal();
    }
  }
}
