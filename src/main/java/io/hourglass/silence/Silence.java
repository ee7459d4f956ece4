package io.hourglass.silence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Mutes the alerts that all of its matchers match, in the half-open time [startsAt, endsAt) of the wall clock.
 *
 * @param id empty: not kept yet
 * @param startsAt epoch milliseconds, as all times here
 * @param updatedAt when it was last changed
 */
public record Silence(
    String id, List<Matcher> matchers, long startsAt, long endsAt, long updatedAt, String createdBy, String comment) {
  /** Years that every reader of ISO-8601 knows. */
  private static final long EARLIEST = -62_167_219_200_000L;
  private static final long LATEST = 253_402_300_799_999L;
  private static final int MOST_MATCHERS = 64;
  private static final int MOST_AUTHOR = 256;
  private static final int MOST_COMMENT = 4_096;

  /** What a silence is at a time. */
  public enum State {
    PENDING, ACTIVE, EXPIRED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Silence {
    matchers = List.copyOf(matchers);
  }

  public State state(long now) {
    return now < startsAt ? State.PENDING : now < endsAt ? State.ACTIVE : State.EXPIRED;
  }

  /**
   * As Alertmanager checks it ({@code silence.validateSilence}): it ends after it begins and in the future, and one of its
   * matchers, at least, does not match the empty text, so that no silence mutes everything unawares.
   *
   * @throws BadSilence otherwise
   */
  public Silence checked(long now) {
    if (matchers.isEmpty() || matchers.size() > MOST_MATCHERS) {
      throw new BadSilence("matchers", matchers.size() + " of them", "1 to " + MOST_MATCHERS);
    }
    for (int i = 0; i < matchers.size(); i++) {
      matchers.get(i).check("matchers[" + i + "]");
    }
    if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
      throw new BadSilence("matchers", matchers.toString(), "one, at least, that does not match the empty text");
    }
    checkTimes(now);
    checkText("createdBy", createdBy, MOST_AUTHOR);
    checkText("comment", comment, MOST_COMMENT);
    return this;
  }

  private void checkTimes(long now) {
    checkYear("startsAt", startsAt);
    checkYear("endsAt", endsAt);
    if (endsAt <= startsAt) {
      throw new BadSilence("endsAt", Long.toString(endsAt), "after startsAt");
    }
    if (endsAt < now) {
      throw new BadSilence("endsAt", Long.toString(endsAt), "not in the past");
    }
  }

  private static void checkYear(String field, long at) {
    if (at < EARLIEST || at > LATEST) {
      throw new BadSilence(field, Long.toString(at), "in the years 0 to 9999");
    }
  }

  private static void checkText(String field, String text, int most) {
    if (text.length() > most) {
      throw new BadSilence(field, text.length() + " characters", most + " at most");
    }
  }

  /** Whether {@code changed} may take its place under the same id: what was muted so far stays as it was ({@code silence.canUpdate}). */
  boolean mayBecome(Silence changed, long now) {
    boolean timesMay = switch (state(now)) {
      case ACTIVE -> changed.startsAt / 1_000 == startsAt / 1_000 && changed.endsAt >= now;
      case PENDING -> changed.startsAt >= now;
      case EXPIRED -> false;
    };
    return timesMay && changed.matchers.equals(matchers);
  }

  /** It ends now; one that has not begun never does. */
  Silence expired(long now) {
    return new Silence(id, matchers, Math.min(startsAt, now), now, now, createdBy, comment);
  }

  /** It is to be kept under this id. A new one does not begin in the past. */
  Silence kept(String under, long from, long now) {
    return new Silence(under, matchers, from, endsAt, now, createdBy, comment);
  }

  /** Whether all matchers match; for repeated use. */
  Predicate<Map<String, String>> compiled() {
    return matchers.stream().map(Matcher::compiled).reduce(labels -> true, Predicate::and);
  }
}
