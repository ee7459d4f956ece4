package io.hourglass.load.cluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Questions at an even rate, each to the next node in turn; one that is not answered with 200 is asked once more, of
 * another node. Whoever is down for good in the list is skipped, as a load balancer would by the readiness probe. A
 * question that finds too many unanswered ones waits, and that counts as its waiting for the answer.
 */
final class Queries implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  /** More than two seconds of questions at 200 a second: the bar on one answer breaks first. */
  private static final int UNANSWERED = 512;

  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(1)).build();
  private final List<Member> members;
  private final Load load;
  private final int rate;
  private final Random random = new Random(7);
  private final List<Answer> answers = new ArrayList<>();
  private final Semaphore places = new Semaphore(UNANSWERED);
  private final Thread thread = new Thread(this::run, "queries");
  private int turn;
  private volatile boolean closing;

  /**
   * @param at when it was due, {@code System.nanoTime()}
   * @param node the number of the one asked first
   * @param failure null when it was answered
   */
  record Answer(long at, long tookNs, int node, String path, boolean retried, String first, String failure) {}

  Queries(List<Member> members, Load load, int rate) {
    this.members = members;
    this.load = load;
    this.rate = rate;
    thread.start();
  }

  private void run() {
    var start = System.nanoTime();
    for (long asked = 0; !closing; asked++) {
      var due = start + asked * 1_000_000_000L / rate;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      places.acquireUninterruptibly();
      ask(due);
    }
  }

  private void ask(long at) {
    var key = Load.key((int) (load.keys() * Math.pow(random.nextDouble(), 2)));
    var path = "/v1/pipelines/" + Load.PIPELINE + "/entities/" + key + (random.nextInt(4) == 0 ? "/windows?limit=10" : "");
    var member = next(null);
    once(member, path).thenCompose(first -> first == null
        ? CompletableFuture.completedFuture(new Answer(at, System.nanoTime() - at, member.number(), path, false, null, null))
        : once(next(member), path).thenApply(second ->
            new Answer(at, System.nanoTime() - at, member.number(), path, true, first, second == null ? null : first + "; then " + second)))
        .thenAccept(this::answered);
  }

  private synchronized Member next(Member not) {
    for (var tries = 0; tries < members.size(); tries++) {
      var member = members.get(turn++ % members.size());
      if (member != not && member.ready()) {
        return member;
      }
    }
    return members.get(turn++ % members.size());
  }

  /** Null when it was answered, else what came instead. */
  private CompletableFuture<String> once(Member member, String path) {
    var request = HttpRequest.newBuilder(URI.create(member.api() + path)).timeout(TIMEOUT).build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((answer, failure) ->
        failure == null && (answer.statusCode() == 200 || answer.statusCode() == 404) ? null
            : "node " + member.number() + ": " + (failure == null ? answer.statusCode() + " " + answer.body() : cause(failure)));
  }

  private static String cause(Throwable failure) {
    var cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getClass().getSimpleName() + " " + cause.getMessage();
  }

  private synchronized void answered(Answer answer) {
    answers.add(answer);
    places.release();
    if (answer.failure() != null) {
      Screen.say("QUERY FAILED after %.2f s: %s", answer.tookNs() / 1e9, answer.failure());
    }
  }

  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    places.acquireUninterruptibly(UNANSWERED);
  }
}
