package io.hourglass.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hourglass.alert.Alert;
import io.hourglass.alert.AlertJson;
import io.hourglass.alert.Marks;
import io.hourglass.query.Criterion;
import io.hourglass.query.RuleTable;
import io.hourglass.query.Windows;
import io.hourglass.rule.RuleSpec;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.AlertLife;
import io.hourglass.store.History;
import io.hourglass.window.WindowResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One alert from the moment its condition held, with what its rule measures in the windows around. */
final class AlertLives {
  private static final int MOST_VALUES = 100;
  /** So many windows before the first are told as well. */
  private static final int BEFORE = 6;

  private final List<Pipeline> pipelines;
  private final History history;
  private final Windows windows;
  private final RuleTable rules;
  private final Marks marks;

  AlertLives(List<Pipeline> pipelines, History history, Windows windows, RuleTable rules, Marks marks) {
    this.pipelines = pipelines;
    this.history = history;
    this.windows = windows;
    this.rules = rules;
    this.marks = marks;
  }

  CompletionStage<HttpResponse> one(HttpRequest request, String id) {
    Media media = Media.best(request, Media.JSON);
    return history.alert(id)
        .thenApply(found -> found.orElseThrow(() -> Problem.unknown("alert", id).refusal()))
        .thenCompose(this::told)
        .thenApply(json -> media.response(Json.bytes(json)));
  }

  private CompletionStage<ObjectNode> told(AlertLife life) {
    ObjectNode json = AlertJson.item(life.alert(), marks.of(life.alert()));
    states(life, json.putArray("life"));
    Optional<Criterion> measured = measured(life.alert());
    json.put("measured", measured.map(Criterion::text).orElse(null));
    ArrayNode values = json.putArray("values");
    return measured.isEmpty() ? CompletableFuture.completedFuture(json) : around(life.alert()).thenApply(found -> {
      found.forEach(window -> value(window, measured.get().of(window), values));
      return json;
    });
  }

  private static void value(WindowResult window, double value, ArrayNode into) {
    if (!Double.isNaN(value)) {
      into.addObject().put("start", Json.time(window.start()).toString()).put("end", Json.time(window.end()).toString()).put("value", value);
    }
  }

  private static void states(AlertLife life, ArrayNode states) {
    Alert alert = life.alert();
    if (alert.activeAt() != null && alert.activeAt() < alert.startsAt()) {
      states.addObject().put("state", "pending").put("at", Json.time(alert.activeAt()).toString());
    }
    state(states, "firing", alert.startsAt(), life.firingId(), life.firedAt());
    if (alert.endsAt() != null) {
      state(states, "resolved", alert.endsAt(), life.resolvedId(), life.resolvedAt());
    }
  }

  private static void state(ArrayNode states, String state, long at, String id, Long emittedAt) {
    states.addObject().put("state", state).put("at", Json.time(at).toString()).put("id", id)
        .put("emittedAt", emittedAt == null ? null : Json.time(emittedAt).toString());
  }

  /** What the rule measures as it is now; empty when it is gone, or not about windows. */
  private Optional<Criterion> measured(Alert alert) {
    return pipeline(alert).flatMap(pipeline -> rules.find(pipeline, alert.rule()).flatMap(live -> measured(pipeline, live.spec())));
  }

  private static Optional<Criterion> measured(Pipeline pipeline, RuleSpec rule) {
    return pipeline.compiled(List.of(rule)).all().get(0).measured().flatMap(text -> Criterion.of(pipeline, text));
  }

  private Optional<Pipeline> pipeline(Alert alert) {
    return pipelines.stream().filter(each -> each.name().equals(alert.pipeline())).findFirst();
  }

  /** Oldest first. */
  private CompletionStage<List<WindowResult>> around(Alert alert) {
    Pipeline pipeline = pipeline(alert).orElseThrow();
    long first = Math.min(alert.windowStart(), alert.activeAt() == null ? Long.MAX_VALUE : pipeline.window().startOf(alert.activeAt()));
    long to = alert.endsAt() == null ? Long.MAX_VALUE : alert.endsAt() + 1;
    return windows.range(pipeline, alert.key(), first - BEFORE * pipeline.window().sizeMs(), to, MOST_VALUES, false)
        .thenApply(found -> found.map(Windows.Found::windows).orElse(List.of()).stream()
            .sorted((one, other) -> Long.compare(one.start(), other.start())).toList());
  }
}
