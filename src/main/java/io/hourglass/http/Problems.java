package io.hourglass.http;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.IllegalRequestException;
import akka.http.scaladsl.model.IllegalUriException;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import com.datastax.oss.driver.api.core.DriverException;
import io.hourglass.settings.BadSettings;
import io.hourglass.silence.BadSilence;
import io.hourglass.store.BadCursor;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;

/** Maps whatever goes wrong, once, to {@code application/problem+json}. */
final class Problems extends AllDirectives {
  private final Logger log;

  Problems(Logger log) {
    this.log = log;
  }

  Route around(Supplier<Route> routes) {
    ExceptionHandler thrown = ExceptionHandler.newBuilder().matchAny(each -> complete(thrown(each))).build();
    RejectionHandler rejected = RejectionHandler.defaultHandler().mapRejectionResponse(Problems::rejected);
    return withRequestTimeoutResponse(request -> Media.problem(Problem.unavailable("the answer took too long")),
        () -> handleExceptions(thrown, () -> handleRejections(rejected, () -> handleExceptions(thrown, routes))));
  }

  private HttpResponse thrown(Throwable failure) {
    return Media.problem(problem(failure));
  }

  private Problem problem(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return problem(failure.getCause());
    }
    if (failure instanceof Problem.Refusal refusal) {
      return refusal.problem();
    }
    if (failure instanceof BadCursor bad) {
      return Parameters.badCursor(bad.cursor()).problem();
    }
    if (failure instanceof BadSettings bad) {
      return Problem.badBody(bad.faults());
    }
    if (failure instanceof BadSilence bad) {
      return Problem.badParameter(bad.field(), bad.value(), bad.expected());
    }
    if (failure instanceof IllegalRequestException illegal) {
      return Problem.of(illegal.status().intValue(), illegal.status().reason(), illegal.info().summary() + " " + illegal.info().detail());
    }
    if (failure instanceof IllegalUriException) {
      return Problem.of(400, "Bad Request", failure.getMessage());
    }
    if (away(failure)) {
      log.warn("a request was not answered in time: {}", failure.toString());
      return Problem.unavailable("what holds the answer did not give it in time; try again");
    }
    log.error("a request failed", failure);
    return Problem.internal();
  }

  private static boolean away(Throwable failure) {
    return failure instanceof TimeoutException
        || failure instanceof DriverException
        || failure instanceof KafkaException
        || failure instanceof RejectedExecutionException;
  }

  /** Keeps status and headers ({@code Allow}) and puts the text into a problem. */
  private static HttpResponse rejected(HttpResponse response) {
    if (!(response.entity() instanceof HttpEntity.Strict text)) {
      return response;
    }
    Problem problem = Problem.of(response.status().intValue(), response.status().reason(), text.getData().utf8String());
    return response.withEntity(Media.problem(problem).entity());
  }
}
