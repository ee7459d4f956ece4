package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.http.HostileRequests.Request;
import io.hourglass.http.RawExchange.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests made from the OpenAPI document, sane and not: whatever is sent, the answer is one that the document promises, and none is a 500. */
class FuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_000);
  private static final int AT_ONCE = 4;

  @Test
  void everyAnswerIsOneThatTheDocumentPromises() throws Exception {
    HostileRequests hostile = new HostileRequests(OpenApiDocument.SERVED, SEED);
    List<Request> requests = Stream.generate(hostile::next).limit(REQUESTS).toList();
    ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    try (WholeFront front = new WholeFront()) {
      for (Future<Object> each : clients.invokeAll(requests.stream().map(request -> asked(front.port(), request)).toList())) {
        if (each.get() instanceof Integer status) {
          statuses.merge(status, 1, Integer::sum);
        } else {
          faults.add((String) each.get());
        }
      }
    } finally {
      clients.shutdown();
    }
    assertEquals(List.of(), faults.stream().limit(20).toList(), () -> faults.size() + " of " + REQUESTS + " with seed " + SEED);
    assertTrue(statuses.keySet().containsAll(List.of(200, 202, 400, 404, 413, 415)), () -> "it does not get far: " + statuses);
  }

  /** The status, or what is wrong. */
  private static Callable<Object> asked(int port, Request request) {
    return () -> {
      try {
        Answer answer = RawExchange.ask(port, request.head(), request.body());
        Contract.check(request.method(), request.target(), answer.status(), answer.headers().getOrDefault("content-type", ""), answer.body());
        assertTrue(answer.status() < 500 || answer.status() == 503, () -> "answered " + answer.status());
        return answer.status();
      } catch (IOException | AssertionError wrong) {
        return "\n" + request + "\n" + wrong.getMessage();
      }
    };
  }
}
