package io.hourglass.http;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;

/** Answers requests that are too broken to reach a route. Made by name, by the HTTP server. */
public final class MalformedRequests extends ParsingErrorHandler {

  @Override
  public HttpResponse handle(StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    log.debug("malformed request: {}", error.formatPretty());
    return Media.problem(Problem.of(status.intValue(), status.reason(), error.summary()));
  }
}
