package io.hourglass.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client of the JDK's that keeps the frames it gets; it may stop reading. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  /** Why, as the server says; set before {@link #closed} completes. */
  volatile String reason;
  private final StringBuilder partial = new StringBuilder();
  private volatile boolean reading = true;
  private final WebSocket socket;

  SocketClient(URI uri) {
    socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  void sendClose() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
  }

  void stopReading() {
    reading = false;
  }

  void readOn() {
    reading = true;
    socket.request(1);
  }

  JsonNode next() throws InterruptedException {
    JsonNode frame = frames.poll(10, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame within 10 s");
    }
    return frame;
  }

  JsonNode nextAlert() throws InterruptedException {
    JsonNode frame = next();
    return frame.get("type").asText().equals("alert") ? frame : nextAlert();
  }

  /** The keys of so many alert frames. */
  List<String> keys(int count) throws InterruptedException {
    List<String> keys = new ArrayList<>();
    while (keys.size() < count) {
      keys.add(nextAlert().get("labels").get("key").asText());
    }
    return keys;
  }

  /** The ids of the next so many frames, all of which are alerts. */
  List<String> ids(int count) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      ids.add(next().get("id").asText());
    }
    return ids;
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      frames.add(parse(partial.toString()));
      partial.setLength(0);
    }
    if (reading) {
      webSocket.request(1);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    this.reason = reason;
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
