package io.hourglass.app;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.hourglass.entity.JournalProbe;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * What a node does before it says that it is ready: a JVM that has just started answers and recovers ten times slower, and
 * a node that comes to others is given many keys and questions at once. So it recovers from the journal, and asks itself
 * for keys that live on the others, until both go quickly or their time is up. Whatever fails here is left to those who look.
 */
final class WarmUp {
  private static final int KEYS = 25;
  private static final int ROUNDS = 5;
  private static final int PARALLELISM = 2;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final History history;
  private final HttpClient client;
  private final String address;

  /** @param address of this node's own API */
  WarmUp(ActorSystem<?> system, History history, HttpClient client, String address) {
    this.system = system;
    this.history = history;
    this.client = client;
    this.address = address;
  }

  CompletionStage<Done> run(List<Pipeline> pipelines) {
    return JournalProbe.warmUp(system)
        .thenCompose(done -> Source.from(pipelines)
            .mapAsync(1, this::questions)
            .mapConcat(questions -> Collections.nCopies(ROUNDS, questions))
            .mapConcat(questions -> questions)
            .mapAsyncUnordered(PARALLELISM, this::ask)
            .takeWithin(LONGEST)
            .runWith(Sink.ignore(), system))
        .exceptionally(failure -> Done.getInstance());
  }

  private CompletionStage<List<String>> questions(Pipeline pipeline) {
    String entities = "/v1/pipelines/" + pipeline.name() + "/entities/";
    return history.keys(pipeline, "", null, KEYS).thenApply(page -> page.items().stream()
        .map(key -> entities + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20"))
        .flatMap(path -> Stream.of(path, path + "/windows?limit=10"))
        .toList());
  }

  private CompletableFuture<Done> ask(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).timeout(LONGEST).build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((answer, failure) -> Done.getInstance());
  }
}
