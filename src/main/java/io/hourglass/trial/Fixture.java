package io.hourglass.trial;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A test of rules: events, and the alerts that they must raise, no more and no less.
 *
 * @param watermark how far event time comes in the end; empty: as far as the events bring it
 */
record Fixture(String name, List<Event> events, Optional<Instant> watermark, List<Expected> alerts) {

  /**
   * A record.
   *
   * @param key the record key; null: none
   * @param value JSON
   */
  record Event(String key, String value) {}

  /**
   * An alert; what is empty is not compared.
   *
   * @param state {@code firing} or {@code resolved}
   */
  record Expected(String rule, Optional<String> key, Optional<Instant> startsAt, Optional<Instant> endsAt, Optional<String> state,
      Optional<String> severity, Optional<String> summary) {

    boolean is(Trial.Told told) {
      return rule.equals(told.alert().rule())
          && same(key, told.key())
          && same(startsAt, Instant.ofEpochMilli(told.alert().at()))
          && same(endsAt, told.alert().endsAt() == null ? null : Instant.ofEpochMilli(told.alert().endsAt()))
          && same(state, told.alert().endsAt() == null ? "firing" : "resolved")
          && same(severity, told.alert().severity())
          && same(summary, told.alert().summary());
    }

    private static <T> boolean same(Optional<T> expected, T found) {
      return expected.isEmpty() || expected.get().equals(found);
    }

    @Override
    public String toString() {
      return rule + " " + key.orElse("*") + " " + startsAt.map(Instant::toString).orElse("*") + " to "
          + endsAt.map(Instant::toString).orElse(state.orElse("*")) + severity.map(each -> " " + each).orElse("")
          + summary.map(each -> " \"" + each + "\"").orElse("");
    }
  }
}
