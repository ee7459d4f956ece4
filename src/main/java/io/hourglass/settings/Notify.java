package io.hourglass.settings;

import io.hourglass.silence.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is sent alerts, and which are held back.
 *
 * @param topic the compacted topic in which what was sent is kept
 * @param externalUrl where people reach this API; empty: the node's own address
 */
public record Notify(
    String topic, Optional<String> externalUrl, List<Webhook> webhooks, List<Alertmanager> alertmanagers, List<Inhibition> inhibitions) {

  /** Whether anybody is sent anything. */
  public boolean wanted() {
    return !webhooks.isEmpty() || !alertmanagers.isEmpty();
  }

  /**
   * Where requests go.
   *
   * @param name of the receiver, unique among all
   * @param timeout of one request
   * @param headers added to each
   * @param match all must match an alert for it to be sent
   */
  public record Endpoint(String name, String url, Duration timeout, Map<String, String> headers, List<Matcher> match) {}

  /**
   * A webhook with Alertmanager's grouping and timing.
   *
   * @param groupBy labels; {@code ...}: all, each alert a group of its own
   * @param groupWait how long a new group waits for more alerts
   * @param groupInterval between two notifications of a group of which something has changed
   * @param repeatInterval between two of which nothing has
   * @param maxAlerts in one notification; the rest is counted in {@code truncatedAlerts}
   * @param secret key of the signature; empty: not signed
   */
  public record Webhook(
      Endpoint endpoint, List<String> groupBy, Duration groupWait, Duration groupInterval, Duration repeatInterval,
      boolean sendResolved, int maxAlerts, Optional<String> secret) {}

  /** @param resendAfter how often a firing alert is pushed again */
  public record Alertmanager(Endpoint endpoint, Duration resendAfter) {}

  /** While {@code source} fires over a key, {@code target}'s alerts of the same key are not sent. */
  public record Inhibition(String pipeline, String source, String target) {}
}
