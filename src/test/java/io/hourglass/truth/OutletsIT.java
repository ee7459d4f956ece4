package io.hourglass.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.hourglass.notify.Receiver;
import io.hourglass.services.Await;
import io.hourglass.services.Services;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes and a webhook: what is muted is marked everywhere and not sent; when the node that sends goes, the other sends. */
@Timeout(360)
class OutletsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void whatIsMutedIsMarkedAndNotSentAndTheOtherNodeSendsItLater() throws Exception {
    try (Feed feed = new Feed(Services.kafka()); Receiver receiver = new Receiver()) {
      feed.topics("outlets");
      try (TwoNodes nodes = new TwoNodes("outlets", Map.of("hourglass.notify.webhooks.hook.url", receiver.url()))) {
        URI other = nodes.two().api();
        String silence = Api.parse(ask("POST", other + "/v1/silences", silence()).body()).get("silenceID").textValue();
        send(feed, "muted", 50);
        send(feed, "loud", 50);
        send(feed, "worse", 1_000);
        assertEquals(List.of("high worse", "some loud"), told(receiver, 2));
        for (Api api : nodes.both()) {
          assertEquals("[\"" + silence + "\"]", alert(api, "some", "muted").get("silencedBy").toString());
          assertEquals(alert(api, "high", "worse").get("fingerprint"), alert(api, "some", "worse").at("/inhibitedBy/0"));
        }
        nodes.one().stop();
        assertEquals(200, ask("DELETE", other + "/v1/silences/" + silence, "").statusCode());
        assertEquals(List.of("some loud", "some muted"), told(receiver, 2));
        Await.until("it is counted", PATIENCE,
            () -> metrics(other).contains("hourglass_notifications_total{receiver=\"hook\",outcome=\"sent\"} 1"));
      }
    }
  }

  private static String silence() {
    return "{\"matchers\":[{\"name\":\"key\",\"value\":\"mut.*\",\"isRegex\":true}],\"startsAt\":\"" + Instant.now() + "\",\"endsAt\":\""
        + Instant.now().plusSeconds(3_600) + "\",\"createdBy\":\"me\",\"comment\":\"known\"}";
  }

  private static void send(Feed feed, String key, int value) {
    feed.send("outlets", key, "{\"key\":\"" + key + "\",\"ts\":\"" + Instant.now() + "\",\"value\":" + value + ",\"dim\":\"x\"}");
    feed.flush();
  }

  /** Rules and keys, of as many different alerts as are wanted; each that comes must be one of the last. */
  private static List<String> told(Receiver receiver, int wanted) throws InterruptedException {
    TreeSet<String> told = new TreeSet<>();
    while (told.size() < wanted) {
      receiver.next(120).json().get("alerts").forEach(alert -> told.add(alert.at("/labels/rule").textValue() + " " + alert.at("/labels/key").textValue()));
    }
    return List.copyOf(told);
  }

  private static JsonNode alert(Api api, String rule, String key) {
    String path = "/v1/alerts?pipeline=outlets&rule=" + rule + "&key=" + key;
    Await.until("the alert is listed", PATIENCE, () -> api.all(path).size() == 1);
    return api.all(path).get(0);
  }

  private static String metrics(URI node) {
    return new Api(node).response("/metrics").body();
  }

  private static HttpResponse<String> ask(String method, String url, String body) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }
}
