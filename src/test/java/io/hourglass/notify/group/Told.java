package io.hourglass.notify.group;

import io.hourglass.alert.Alert;
import java.util.Map;

/** Alerts as the log tells them, short to write; event time is the wall clock's less a year. */
public final class Told {
  private static final long YEAR_MS = 31_536_000_000L;

  private Told() {}

  public static Alert fires(String rule, String key, long at) {
    return alert(rule, key, at, null, at);
  }

  /** @param since when this episode was told to fire */
  public static Alert ends(String rule, String key, long since, long at) {
    return alert(rule, key, since, at - YEAR_MS, at);
  }

  public static Held held(String rule, String key, long at) {
    return new Held(fires(rule, key, at), at);
  }

  public static Held ended(String rule, String key, long since, long at) {
    return new Held(ends(rule, key, since, at), since);
  }

  private static Alert alert(String rule, String key, long since, Long endsAt, long emittedAt) {
    String episode = rule + "/" + key + "/" + since;
    return new Alert(episode + (endsAt == null ? "/f" : "/r"), endsAt == null ? "firing" : "resolved", "p", rule, key, "warning", rule + " of " + key,
        1, since - YEAR_MS, since - YEAR_MS + 1, since - YEAR_MS, endsAt, emittedAt, rule + "/" + key, episode, Map.of(), "", null, null);
  }
}
