package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.PathMatcher1;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import io.hourglass.alert.Marks;
import io.hourglass.query.ClusterStatus;
import io.hourglass.query.FiringAlerts;
import io.hourglass.query.HeldWindows;
import io.hourglass.query.LiveKeys;
import io.hourglass.query.PipelineStatus;
import io.hourglass.query.ReadYourWrites;
import io.hourglass.query.RollUps;
import io.hourglass.query.RuleTable;
import io.hourglass.query.Windows;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Every route of the API: which request goes to which answer. Paths are matched by their encoded form, so a
 * key may hold any character, a slash included, when it is percent-encoded.
 */
public final class ApiRoutes extends AllDirectives {
  private static final long MOST_BODY_BYTES = 64 << 10;

  private final Pages pages = new Pages();
  private final Docs docs = new Docs();
  private final SameSite site = new SameSite();
  private final Reads reads = new Reads();
  private final PipelineAnswers pipelines;
  private final KeyAnswers keys;
  private final AfterWrites writes;
  private final RollUpAnswers rollUps;
  private final AlertAnswers alerts;
  private final AlertLives lives;
  private final RuleAnswers rules;
  private final ClusterStatus cluster;
  private final Problems problems;
  private final List<Route> extra;

  /**
   * @param marks what mutes an alert just now
   * @param extra routes of others, tried first; each with its whole path
   */
  public ApiRoutes(
      ActorSystem<?> system,
      List<Pipeline> configured,
      LiveKeys live,
      HeldWindows held,
      History history,
      PipelineStatus status,
      FiringAlerts firing,
      ClusterStatus cluster,
      Marks marks,
      RuleTable rules,
      List<Route> extra) {
    this.pipelines = new PipelineAnswers(configured, status);
    Windows windows = new Windows(live, history, system);
    this.keys = new KeyAnswers(pipelines, live, held, history, windows, firing, marks);
    this.writes = new AfterWrites(pipelines, new ReadYourWrites(live, status, system));
    this.rollUps = new RollUpAnswers(pipelines, new RollUps(held, history));
    this.alerts = new AlertAnswers(history, marks);
    this.lives = new AlertLives(configured, history, windows, rules, marks);
    this.cluster = cluster;
    this.rules = new RuleAnswers(pipelines, rules);
    this.problems = new Problems(system.log());
    this.extra = List.copyOf(extra);
  }

  /** All routes, for whom they are; whatever goes wrong in them is answered as a problem. */
  public Route sealed() {
    Route all = concat(concat(reject(), extra.toArray(Route[]::new)), api(), docs.route(), pages.route()); // once, not for each request
    return problems.around(() -> site.only(() -> extractRequest(asked -> mapUnmatchedPath(path -> DotKeys.named(asked, path), () -> all))));
  }

  private Route api() {
    PathMatcher1<String> pipeline = segment("v1").slash("pipelines").slash(segment());
    PathMatcher1<String> key = segment().map(DotKeys::key);
    return concat(
        path(segment("v1").slash("pipelines"), () -> answer(pipelines::all)),
        path(pipeline, name -> answer(request -> pipelines.one(request, name))),
        path(pipeline.slash("entities"), name -> answer(request -> keys.all(request, name))),
        path(pipeline.slash("entities").slash(key), (name, of) -> slow(request -> writes.then(request, name, of, waited -> keys.one(request, name, of)))),
        path(pipeline.slash("entities").slash(key.slash("windows")),
            (name, of) -> slow(request -> writes.then(request, name, of, waited -> windows(request, name, of)))),
        path(pipeline.slash("entities").slash(key.slash("rolling")),
            (name, of) -> slow(request -> writes.then(request, name, of, waited -> keys.rolling(request, name, of)))),
        pathPrefix(pipeline.slash("entities").slash(key.slash("windows")),
            (name, of) -> path(segment(), start -> slow(request -> writes.then(request, name, of, waited -> keys.window(request, name, of, start, waited))))),
        path(pipeline.slash("rules"), name -> answer(request -> rules.all(request, name))),
        path(pipeline.slash("rules").slash(segment()), this::rule),
        path(pipeline.slash("rules").slash(segment().slash("validate")), (name, rule) -> post(() -> body(text -> rules.validate(name, rule, text)))),
        path(segment("v1").slash("alerts"), () -> answer(alerts::page)),
        path(segment("v1").slash("alerts").slash(segment()), id -> answer(request -> lives.one(request, id))),
        path(segment("v1").slash("cluster"), () -> answer(this::cluster)));
  }

  private CompletionStage<HttpResponse> windows(HttpRequest request, String pipeline, String key) {
    return RollUpAnswers.asksForWindows(request) ? keys.windows(request, pipeline, key) : rollUps.page(request, pipeline, key);
  }

  private Route rule(String pipeline, String rule) {
    return concat(
        answer(request -> rules.one(request, pipeline, rule)),
        put(() -> extractRequest(request -> body(text -> rules.put(request, pipeline, rule, text)))),
        delete(() -> completeWithFuture(rules.delete(pipeline, rule))));
  }

  private Route body(Function<String, CompletionStage<HttpResponse>> answer) {
    return withSizeLimit(MOST_BODY_BYTES, () -> entity(Unmarshaller.entityToString(), text -> completeWithFuture(answer.apply(text))));
  }

  private CompletionStage<HttpResponse> cluster(HttpRequest request) {
    Media media = Media.best(request, Media.JSON);
    return cluster.now().thenApply(state -> media.response(Json.bytes(ClusterJson.of(state))));
  }

  private Route answer(Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
    return reads.answer(answer);
  }

  /** An answer that sees to its own time. */
  private Route slow(Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
    return withoutRequestTimeout(() -> answer(answer));
  }
}
