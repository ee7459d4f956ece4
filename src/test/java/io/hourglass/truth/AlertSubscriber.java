package io.hourglass.truth;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket subscriber to the alert stream that keeps every frame and when it came. */
final class AlertSubscriber implements WebSocket.Listener, AutoCloseable {

  /** A frame of type alert and the wall clock when it came, epoch milliseconds. */
  record Received(JsonNode alert, long at) {}

  private final List<Received> alerts = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  /** @param query {@code pipeline=…&after=…} */
  AlertSubscriber(URI api, String query) {
    URI uri = URI.create(api.toString().replaceFirst("http", "ws") + "/v1/alerts/stream?" + query);
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      JsonNode frame = Api.parse(text.toString());
      text.setLength(0);
      if (frame.get("type").asText().equals("alert")) {
        alerts.add(new Received(frame, System.currentTimeMillis()));
      }
    }
    from.request(1);
    return null;
  }

  List<Received> alerts() {
    return alerts;
  }

  List<Received> firing() {
    return alerts.stream().filter(each -> each.alert().get("status").asText().equals("firing")).toList();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
