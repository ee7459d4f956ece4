package io.hourglass.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

/** A WebSocket subscriber to the alert stream that keeps every frame and when it came. */
final class AlertSubscriber extends WebSocketClient implements AutoCloseable {

  /** A frame of type alert and the wall clock when it came, epoch milliseconds. */
  record Received(JsonNode alert, long at) {}

  private final List<Received> alerts = new CopyOnWriteArrayList<>();

  /** @param query {@code pipeline=…&after=…} */
  AlertSubscriber(URI api, String query) {
    super(URI.create(api.toString().replaceFirst("http", "ws") + "/v1/alerts/stream?" + query));
    setTcpNoDelay(true);
    try {
      if (!connectBlocking(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no connection to " + getURI());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void onOpen(ServerHandshake handshake) { }

  @Override
  public void onMessage(String text) {
    JsonNode frame = Api.parse(text);
    if (frame.get("type").asText().equals("alert")) {
      alerts.add(new Received(frame, System.currentTimeMillis()));
    }
  }

  @Override
  public void onClose(int code, String reason, boolean byServer) { }

  @Override
  public void onError(Exception error) { }

  List<Received> alerts() {
    return alerts;
  }

  List<Received> firing() {
    return alerts.stream().filter(each -> each.alert().get("status").asText().equals("firing")).toList();
  }

  @Override
  public void close() {
    getConnection().closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
  }
}
