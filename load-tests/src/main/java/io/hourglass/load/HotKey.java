package io.hourglass.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks for one key all the time, and says how long until it answers and how fast it does from then on. */
final class HotKey implements Runnable {
  private static final int INTERVAL_MS = 50;

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest request;
  private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();
  private final long start = System.nanoTime();
  private final List<Double> answers = new ArrayList<>();
  private double lastFailure;

  HotKey(int port, String pipeline, String key) {
    request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/pipelines/" + pipeline + "/entities/" + key))
        .timeout(Duration.ofSeconds(10)).build();
    asking.scheduleWithFixedDelay(this, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    double asked = seconds();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
      if (status == 200) {
        answered(asked);
      } else {
        lastFailure = seconds();
      }
    } catch (IOException e) {
      lastFailure = seconds();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void answered(double asked) {
    answers.add(seconds() - asked);
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Ends the asking; what came of it. */
  synchronized String stop() {
    asking.shutdownNow();
    List<Double> sorted = answers.stream().sorted().toList();
    return sorted.isEmpty() ? "no answer" : "the last failure after %.1f s, %,d answers, median %.0f ms, 99 %% within %.0f ms, slowest %.0f ms".formatted(
        lastFailure, sorted.size(), 1e3 * sorted.get(sorted.size() / 2), 1e3 * sorted.get(sorted.size() * 99 / 100), 1e3 * sorted.get(sorted.size() - 1));
  }
}
