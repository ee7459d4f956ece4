package io.hourglass.app;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.hourglass.entity.KeyRegion;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.History;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * What a node does before it says that it is ready: a JVM that has just started answers and recovers ten times slower, and
 * a node that comes to others is given many keys and questions at once. So it reads keys that live on the others from the
 * journal, and asks itself for them, over and over until its time is up. Whatever fails here is left to those who look.
 */
final class WarmUp {
  private static final int KEYS = 25;
  private static final int ROUNDS = 10;
  private static final int RECOVERIES_AT_ONCE = 2;
  private static final int QUESTIONS_AT_ONCE = 1;
  private static final Duration LONGEST = Duration.ofSeconds(6);

  private record Known(Pipeline pipeline, String key) {
    Stream<String> questions() {
      String path = "/v1/pipelines/" + pipeline.name() + "/entities/" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
      return Stream.of(path, path + "/windows?limit=10", path + "/rolling");
    }
  }

  private final ActorSystem<?> system;
  private final History history;
  private final Map<String, KeyRegion> regions;
  private final HttpClient client;
  private final String address;

  /**
   * @param regions of the pipelines, by name
   * @param address of this node's own API
   */
  WarmUp(ActorSystem<?> system, History history, Map<String, KeyRegion> regions, HttpClient client, String address) {
    this.system = system;
    this.history = history;
    this.regions = regions;
    this.client = client;
    this.address = address;
  }

  CompletionStage<Done> run(List<Pipeline> pipelines) {
    return Source.from(pipelines)
        .mapAsync(1, this::known)
        .mapConcat(known -> known)
        .runWith(Sink.seq(), system)
        .thenCompose(known -> again(known).mapAsyncUnordered(RECOVERIES_AT_ONCE, this::recover).takeWithin(LONGEST).runWith(Sink.ignore(), system)
            .thenCompose(recovered -> again(known).mapConcat(each -> each.questions().toList())
                .mapAsyncUnordered(QUESTIONS_AT_ONCE, this::ask).takeWithin(LONGEST).runWith(Sink.ignore(), system)))
        .exceptionally(failure -> Done.getInstance());
  }

  private static Source<Known, NotUsed> again(List<Known> known) {
    return Source.range(1, ROUNDS).mapConcat(round -> known);
  }

  private CompletionStage<List<Known>> known(Pipeline pipeline) {
    return history.keys(pipeline, "", null, KEYS).thenApply(page -> page.items().stream().map(key -> new Known(pipeline, key)).toList());
  }

  private CompletionStage<Done> recover(Known known) {
    return regions.get(known.pipeline().name()).rehearse(known.key(), LONGEST).exceptionally(failure -> Done.getInstance());
  }

  private CompletableFuture<Done> ask(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).timeout(LONGEST).build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((answer, failure) -> Done.getInstance());
  }
}
