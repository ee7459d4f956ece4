package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.hourglass.alert.AlertJson;
import io.hourglass.alert.Marks;
import io.hourglass.store.AlertQuery;
import io.hourglass.store.History;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Alerts that were raised, newest first. */
final class AlertAnswers {
  private final History history;
  private final Marks marks;

  AlertAnswers(History history, Marks marks) {
    this.history = history;
    this.marks = marks;
  }

  CompletionStage<HttpResponse> page(HttpRequest request) {
    Listing.media(request);
    Parameters parameters = new Parameters(request);
    Optional<String> cursor = parameters.text("cursor");
    return history.alerts(query(parameters), cursor.orElse(null), parameters.limit())
        .thenApply(page -> new Listing(page.items().stream().map(alert -> AlertJson.item(alert, marks.of(alert))).toList(), page.next()).response(request));
  }

  private static AlertQuery query(Parameters parameters) {
    return new AlertQuery(parameters.choice("state", "firing", "resolved"), parameters.text("pipeline"),
        parameters.text("rule"), parameters.text("key"), parameters.text("severity"),
        parameters.time("from").orElse(Long.MIN_VALUE), parameters.time("to").orElse(Long.MAX_VALUE));
  }
}
