package io.hourglass.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** What this node counts, since it started. Names and labels as Prometheus has them. Thread-safe. */
public final class Counters {
  /** What the node of this JVM counts. */
  public static final Counters NODE = new Counters();

  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  /** Records that count. */
  public LongAdder events(String pipeline) {
    return counter("hourglass_events_total", "pipeline", pipeline);
  }

  /** Events that a pipeline's {@code where} leaves out. */
  public LongAdder leftOut(String pipeline) {
    return counter("hourglass_left_out_total", "pipeline", pipeline);
  }

  /** Records refused, by reason. */
  public LongAdder deadLetters(String pipeline, String reason) {
    return counter("hourglass_dead_letters_total", "pipeline", pipeline, "reason", reason);
  }

  /** Events that came after their window had closed. */
  public LongAdder late(String pipeline) {
    return counter("hourglass_late_events_total", "pipeline", pipeline);
  }

  /** Events that were posted, by what came of them: accepted, or why not. */
  public LongAdder posted(String pipeline, String outcome) {
    return counter("hourglass_posted_events_total", "pipeline", pipeline, "outcome", outcome);
  }

  /** Batches of events that keys of this node were told, by whether they came over the network. */
  public LongAdder batches(String pipeline, boolean fromThisNode) {
    return counter("hourglass_batches_total", "pipeline", pipeline, "from", fromThisNode ? "here" : "elsewhere");
  }

  /** Alerts that left their entity. */
  public LongAdder alerts(String pipeline) {
    return counter("hourglass_alerts_total", "pipeline", pipeline);
  }

  /** Windows whose close left their entity. */
  public LongAdder closed(String pipeline) {
    return counter("hourglass_windows_closed_total", "pipeline", pipeline);
  }

  /** Windows beyond retention that were added up to days. */
  public LongAdder folded(String pipeline) {
    return counter("hourglass_windows_folded_total", "pipeline", pipeline);
  }

  /** How often an ingester went back to its commit. */
  public LongAdder rewinds(String pipeline) {
    return counter("hourglass_rewinds_total", "pipeline", pipeline);
  }

  /** How often a key that had lost something was told again. */
  public LongAdder toldAgain(String pipeline) {
    return counter("hourglass_told_again_total", "pipeline", pipeline);
  }

  /** Records that retention removed before they were read. */
  public LongAdder removedUnread(String pipeline) {
    return counter("hourglass_removed_unread_total", "pipeline", pipeline);
  }

  /** Requests to webhooks and Alertmanagers, by what came of them: sent, failed, retried, refused. */
  public LongAdder notifications(String receiver, String outcome) {
    return counter("hourglass_notifications_total", "receiver", receiver, "outcome", outcome);
  }

  /** Records of the alert log that were removed before they were read for notifications. */
  public LongAdder alertsUnread() {
    return counter("hourglass_alerts_removed_unread_total");
  }

  public void forEach(BiConsumer<String, Long> action) {
    counts.forEach((name, count) -> action.accept(name, count.sum()));
  }

  /** In the text format that Prometheus scrapes. */
  public String exposition() {
    StringBuilder text = new StringBuilder();
    String[] family = {""};
    forEach((name, count) -> {
      String current = name.split("\\{")[0];
      if (!current.equals(family[0])) {
        family[0] = current;
        text.append("# TYPE ").append(current).append(" counter\n");
      }
      text.append(name).append(' ').append(count).append('\n');
    });
    return text.toString();
  }

  private LongAdder counter(String name, String... labels) {
    StringBuilder full = new StringBuilder(name).append('{');
    for (int i = 0; i < labels.length; i += 2) {
      full.append(i == 0 ? "" : ",").append(labels[i]).append("=\"").append(labels[i + 1]).append('"');
    }
    return counts.computeIfAbsent(labels.length == 0 ? name : full.append('}').toString(), key -> new LongAdder());
  }
}
