package io.hourglass.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

/**
 * A WebSocket client that keeps what it is sent, and can stop reading. Not the JDK's: that one takes bytes for text
 * that are none when much comes right behind the upgrade (17.0.15).
 */
final class SocketClient extends WebSocketClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  /** Why, as the server says; set before {@link #closed} completes. */
  volatile String reason;
  private volatile CountDownLatch reading = new CountDownLatch(0);

  SocketClient(URI uri) throws InterruptedException {
    super(uri);
    setConnectionLostTimeout(0);
    connectBlocking(10, TimeUnit.SECONDS);
  }

  void sendClose() {
    close(CloseFrame.NORMAL);
  }

  void stopReading() {
    reading = new CountDownLatch(1);
  }

  void readOn() {
    reading.countDown();
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
  public void onOpen(ServerHandshake handshake) { }

  /** While reading has stopped the socket is not read from. */
  @Override
  public void onMessage(String text) {
    try {
      reading.await();
      frames.add(MAPPER.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onClose(int code, String why, boolean byServer) {
    reason = why;
    closed.complete(code);
  }

  @Override
  public void onError(Exception error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    readOn();
    getConnection().closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
  }
}
