package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import io.hourglass.query.EventIntake;
import io.hourglass.query.EventIntake.Line;
import io.hourglass.query.EventIntake.Receipt;
import io.hourglass.settings.Pipeline;
import io.hourglass.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code POST /v1/pipelines/{p}/events}: an object, an array or lines of objects, plain or as gzip. */
public final class EventRoutes extends AllDirectives {
  private static final Set<String> JSON = Set.of("application/json");
  private static final Set<String> LINES = Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");
  private static final String NO_KEY = "the key of all records: this pipeline's key is the record key";

  private final List<Pipeline> pipelines;
  private final EventIntake intake;
  private final int mostEvents;
  private final Upload upload;

  public EventRoutes(List<Pipeline> pipelines, EventIntake intake, Settings.Intake settings) {
    this.pipelines = List.copyOf(pipelines);
    this.intake = intake;
    this.mostEvents = settings.maxEvents();
    this.upload = new Upload(settings.maxBytes());
  }

  /** The route with its whole path. */
  public Route route() {
    return path(segment("v1").slash("pipelines").slash(segment()).slash("events"), name -> post(() -> extractMaterializer(materializer ->
        extractRequest(request -> completeWithFuture(heard(request, name, materializer))))));
  }

  /** A client that still sends would not hear why it is refused. */
  private CompletionStage<HttpResponse> heard(HttpRequest request, String name, Materializer materializer) {
    try {
      return answer(request, name, materializer);
    } catch (Problem.Refusal refusal) {
      return upload.passedOver(request, materializer).handle((done, failure) -> {
        throw refusal;
      });
    }
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request, String name, Materializer materializer) {
    Pipeline pipeline = PipelineAnswers.named(pipelines, name);
    Media media = Media.best(request, Media.JSON);
    checkFormat(pipeline);
    boolean lines = lines(request.entity().getContentType().mediaType());
    Optional<String> key = key(pipeline, new Parameters(request).text("key"));
    return upload.use(request, materializer, body -> intake.put(pipeline, key, lines ? EventBody.lines(body, mostEvents) : EventBody.json(body, mostEvents)))
        .exceptionally(EventRoutes::away)
        .thenApply(receipt -> media.response(Json.bytes(told(receipt))).withStatus(StatusCodes.ACCEPTED));
  }

  private static void checkFormat(Pipeline pipeline) {
    if (pipeline.csv().isPresent()) {
      throw Problem.of(415, "Unsupported Media Type",
          "pipeline " + pipeline.name() + ": format csv (expected: json; write records of others to topic " + pipeline.topic() + ")").refusal();
    }
  }

  private static boolean lines(MediaType type) {
    String name = (type.mainType() + "/" + type.subType()).toLowerCase(Locale.ROOT);
    if (!JSON.contains(name) && !LINES.contains(name)) {
      throw Problem.of(415, "Unsupported Media Type", "Content-Type: " + name + " (expected: application/json or application/x-ndjson)").refusal();
    }
    return LINES.contains(name);
  }

  private static Optional<String> key(Pipeline pipeline, Optional<String> key) {
    if (pipeline.key().isPresent() && key.isPresent()) {
      throw Problem.badParameter("key", key.get(), "left out: each event's key is its field " + pipeline.key().get()).refusal();
    }
    if (pipeline.key().isEmpty() && key.filter(text -> !text.isEmpty()).isEmpty()) {
      throw Problem.badParameter("key", key.orElse("missing"), NO_KEY).refusal();
    }
    return key;
  }

  private static Receipt away(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof EventIntake.Away) {
      throw Problem.unavailable(cause.getMessage()).refusal();
    }
    throw failure instanceof RuntimeException same ? same : new CompletionException(failure);
  }

  private static Map<String, Object> told(Receipt receipt) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("accepted", receipt.accepted());
    told.put("rejected", receipt.rejected());
    told.put("at", receipt.at().sources().isEmpty() ? null : receipt.at().toString());
    return told;
  }
}
