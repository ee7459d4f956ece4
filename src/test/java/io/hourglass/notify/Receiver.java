package io.hourglass.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver that answers as it is told to, one request after the other, and with 200 when it is told nothing. */
public final class Receiver implements AutoCloseable {
  /** Takes the request and never answers. */
  static final int STALL = -1;
  /** Closes the connection in place of an answer. */
  static final int CLOSE = -2;

  public record Request(byte[] body, JsonNode json, Map<String, List<String>> headers, int answered) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Integer> answers = new ArrayDeque<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  synchronized void answer(int... next) {
    for (int each : next) {
      answers.add(each);
    }
  }

  private synchronized int next() {
    return answers.isEmpty() ? 200 : answers.poll();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int answer = next();
    requests.add(new Request(body, new ObjectMapper().readTree(body), exchange.getRequestHeaders(), answer));
    if (answer == STALL) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else if (answer != CLOSE) {
      exchange.sendResponseHeaders(answer, -1);
    }
    exchange.close();
  }

  /** The next request, whatever it is answered. */
  public Request next(int seconds) throws InterruptedException {
    Request request = requests.poll(seconds, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request in " + seconds + " s");
    }
    return request;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
