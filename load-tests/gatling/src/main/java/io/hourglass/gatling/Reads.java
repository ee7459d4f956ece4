package io.hourglass.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Reads of single keys at an even rate that does not wait for answers, over connections that are kept. */
final class Reads {
  private static final String TOOK = "took";

  private final Trial trial;
  private final int perSecond;
  private final Iterator<Map<String, Object>> keys;
  private final Delays delays = new Delays();
  private final AtomicLong failures = new AtomicLong();

  /** @param keys numbers of the keys to read, one after the other */
  Reads(Trial trial, int perSecond, IntSupplier keys) {
    this.trial = trial;
    this.perSecond = perSecond;
    this.keys = Stream.generate(() -> Map.<String, Object>of("key", Events.key(keys.getAsInt()))).iterator();
  }

  static HttpProtocolBuilder protocol() {
    return http.baseUrl(System.getProperty("node")).disableWarmUp().disableCaching().shareConnections().acceptHeader("application/json");
  }

  /** The warm-up, under a name of its own, and what is measured. */
  List<PopulationBuilder> populations(Options options) {
    PopulationBuilder warm = reads("warm-up").injectOpen(constantUsersPerSec(perSecond).during(options.warmup()));
    PopulationBuilder measured = reads(trial.option()).exec(this::answered)
        .injectOpen(nothingFor(options.warmup()), constantUsersPerSec(perSecond).during(options.seconds()));
    return List.of(warm, measured);
  }

  private ScenarioBuilder reads(String name) {
    String path = "/v1/pipelines/" + (trial == Trial.HOT ? Events.HOT : Events.COLD) + "/entities/#{key}";
    return scenario(name).feed(keys).exec(http(name).get(path).check(status().is(200), responseTimeInMillis().saveAs(TOOK)));
  }

  private Session answered(Session session) {
    if (session.isFailed()) {
      failures.incrementAndGet();
    } else {
      delays.add(session.getInt(TOOK));
    }
    return session;
  }

  Outcome outcome() {
    return new Outcome().add(trial.option(), delays, failures.get(), "");
  }
}
