package io.hourglass.http;

import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.unmarshalling.Unmarshaller;
import io.hourglass.silence.Silence;
import io.hourglass.silence.SilenceJson;
import io.hourglass.silence.Silences;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code /v1/silences}: bodies and answers as Alertmanager's, but that a list comes in pages. */
public final class SilenceRoutes extends AllDirectives {
  private static final long MOST_BYTES = 64 << 10;
  private static final String[] STATES = Arrays.stream(Silence.State.values()).map(Silence.State::toString).toArray(String[]::new);

  private final Supplier<Optional<Silences>> silences;
  private final InstantSource clock;

  /** @param silences empty until they are read */
  public SilenceRoutes(Supplier<Optional<Silences>> silences, InstantSource clock) {
    this.silences = silences;
    this.clock = clock;
  }

  /** The routes with their whole paths. */
  public Route route() {
    return concat(
        path(segment("v1").slash("silences"), () -> concat(
            get(() -> answer(this::page)),
            post(() -> withSizeLimit(MOST_BYTES, () -> entity(Unmarshaller.entityToByteArray(), body -> completeWithFuture(set(body))))))),
        path(segment("v1").slash("silences").slash(segment()), id -> concat(
            get(() -> answer(request -> one(request, id))),
            delete(() -> completeWithFuture(expire(id))))));
  }

  private Route answer(Function<HttpRequest, HttpResponse> answer) {
    return extractRequest(request -> complete(answer.apply(request)));
  }

  private Silences known() {
    return silences.get().orElseThrow(() -> Problem.unavailable("the silences are being read").refusal());
  }

  private HttpResponse page(HttpRequest request) {
    Listing.media(request);
    Parameters parameters = new Parameters(request);
    long now = clock.millis();
    int limit = parameters.limit();
    Optional<String> state = parameters.choice("state", STATES);
    Stream<Silence> rest = after(known().all(), parameters.cursor());
    List<Silence> found = rest.filter(each -> state.isEmpty() || state.get().equals(each.state(now).toString())).limit(limit + 1L).toList();
    boolean more = found.size() > limit;
    List<Silence> items = more ? found.subList(0, limit) : found;
    return new Listing(items.stream().map(each -> SilenceJson.item(each, now)).toList(),
        more ? Parameters.cursor(place(items.get(limit - 1))) : null).response(request);
  }

  /** They come the one that begins last first, then by id. */
  private static Stream<Silence> after(List<Silence> all, Optional<String> place) {
    if (place.isEmpty()) {
      return all.stream();
    }
    String[] parts = place.get().split("\\|", 2);
    if (parts.length != 2 || !parts[0].matches("-?\\d{1,18}")) {
      throw Parameters.badCursor(Parameters.cursor(place.get()));
    }
    long startsAt = Long.parseLong(parts[0]);
    return all.stream().filter(each -> each.startsAt() < startsAt || each.startsAt() == startsAt && each.id().compareTo(parts[1]) > 0);
  }

  private static String place(Silence silence) {
    return silence.startsAt() + "|" + silence.id();
  }

  private HttpResponse one(HttpRequest request, String id) {
    Media media = Media.best(request, Media.JSON);
    Silence silence = known().get(id).orElseThrow(() -> Problem.unknown("silence", id).refusal());
    return media.response(Json.bytes(SilenceJson.item(silence, clock.millis())));
  }

  private CompletionStage<HttpResponse> set(byte[] body) {
    Silences known = known();
    Silence silence = SilenceJson.read(body);
    return known.set(silence).thenApply(set -> set
        .map(id -> Media.JSON.response(Json.bytes(Map.of("silenceID", id))))
        .orElseThrow(() -> Problem.unknown("silence", silence.id()).refusal()));
  }

  private CompletionStage<HttpResponse> expire(String id) {
    return known().expire(id).thenApply(found -> {
      if (!found) {
        throw Problem.unknown("silence", id).refusal();
      }
      return HttpResponse.create();
    });
  }
}
