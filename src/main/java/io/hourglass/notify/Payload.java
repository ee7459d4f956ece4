package io.hourglass.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hourglass.alert.Alert;
import io.hourglass.notify.group.Held;
import io.hourglass.notify.group.Notification;
import io.hourglass.notify.group.Push;
import io.hourglass.settings.Notify.Webhook;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What is sent: the payload of Alertmanager's webhook, version 4, and alerts as its API takes them. */
final class Payload {
  /** Go's zero time, which Alertmanager sends for what has not ended. */
  private static final String NOT_ENDED = "0001-01-01T00:00:00Z";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String externalUrl;

  /** @param externalUrl where people reach the API, without a slash at the end */
  Payload(String externalUrl) {
    this.externalUrl = externalUrl;
  }

  /** {@code startsAt} and {@code endsAt} are of event time, as in the alert stream. */
  byte[] webhook(Webhook hook, Notification notification) {
    List<Held> wanted = notification.alerts().stream().filter(alert -> alert.firing() || hook.sendResolved()).toList();
    List<Held> alerts = wanted.subList(0, Math.min(hook.maxAlerts(), wanted.size()));
    ObjectNode payload = NODES.objectNode().put("version", "4").put("groupKey", notification.key())
        .put("truncatedAlerts", wanted.size() - alerts.size())
        .put("status", alerts.stream().anyMatch(Held::firing) ? "firing" : "resolved").put("receiver", notification.receiver());
    payload.set("groupLabels", object(notification.labels()));
    payload.set("commonLabels", object(common(alerts, Held::labels)));
    payload.set("commonAnnotations", object(common(alerts, held -> annotations(held.alert()))));
    payload.put("externalURL", externalUrl);
    ArrayNode list = payload.putArray("alerts");
    alerts.forEach(held -> list.add(alert(held.alert())));
    return bytes(payload.toString());
  }

  private ObjectNode alert(Alert alert) {
    ObjectNode node = NODES.objectNode().put("status", alert.status());
    node.set("labels", object(alert.labels()));
    node.set("annotations", object(annotations(alert)));
    return node.put("startsAt", time(alert.startsAt())).put("endsAt", alert.endsAt() == null ? NOT_ENDED : time(alert.endsAt()))
        .put("generatorURL", generator(alert)).put("fingerprint", alert.fingerprint());
  }

  /** Times are of the wall clock; those of the event are annotations. */
  byte[] push(List<Push> batch) {
    ArrayNode list = NODES.arrayNode();
    for (Push push : batch) {
      Alert alert = push.alert().alert();
      ObjectNode node = list.addObject();
      node.set("labels", object(alert.labels()));
      ObjectNode annotations = object(annotations(alert)).put("event_start", time(alert.startsAt()));
      if (alert.endsAt() != null) {
        annotations.put("event_end", time(alert.endsAt()));
      }
      node.set("annotations", annotations);
      node.put("startsAt", time(push.startsAt())).put("endsAt", time(push.endsAt())).put("generatorURL", generator(alert));
    }
    return bytes(list.toString());
  }

  private static SortedMap<String, String> annotations(Alert alert) {
    TreeMap<String, String> annotations = new TreeMap<>(Map.of("summary", alert.summary()));
    if (!alert.description().isEmpty()) {
      annotations.put("description", alert.description());
    }
    return annotations;
  }

  /** The entity whose rule it is. */
  private String generator(Alert alert) {
    return externalUrl + "/v1/pipelines/" + alert.pipeline() + "/entities/"
        + URLEncoder.encode(alert.key(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static SortedMap<String, String> common(List<Held> alerts, Function<Held, SortedMap<String, String>> texts) {
    SortedMap<String, String> common = new TreeMap<>(texts.apply(alerts.get(0)));
    alerts.forEach(alert -> common.entrySet().retainAll(texts.apply(alert).entrySet()));
    return common;
  }

  private static ObjectNode object(Map<String, String> texts) {
    ObjectNode node = NODES.objectNode();
    texts.forEach(node::put);
    return node;
  }

  private static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).toString();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
