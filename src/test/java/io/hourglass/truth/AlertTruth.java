package io.hourglass.truth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.utils.Utils;

/**
 * The alerts that the rules of {@code alert-rules.conf} must raise over a stream whose events come in the order of their times, worked
 * out the plain way: every rule at every event and at every hour of every key, each condition written out by hand.
 */
final class AlertTruth {
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  /** As in sample-pipeline.conf. */
  private static final long OUT_OF_ORDERNESS = 30_000;
  private static final long LATENESS = MINUTE;

  /** An hour of a key; {@code values} as they came. */
  private static final class Hour {
    final long start;
    final List<Double> values = new ArrayList<>();

    Hour(long start) {
      this.start = start;
    }

    int count() {
      return values.size();
    }

    double sum() {
      return values.stream().mapToDouble(each -> each).sum();
    }

    double mean() {
      return sum() / count();
    }

    double max() {
      return values.stream().mapToDouble(each -> each).max().orElse(Double.NaN);
    }

    boolean flat() {
      return values.stream().distinct().count() == 1;
    }
  }

  private enum Kind { EVENT, UPDATE, CLOSE }

  /** True, false, or null when it cannot be said. */
  private interface Condition extends Function<Key, Boolean> {}

  private record Rule(String name, Kind kind, long forMs, long keepMs, boolean resolvesWithoutData, Condition when, Condition clear) {}

  private static final List<Rule> RULES = List.of(
      new Rule("busy", Kind.UPDATE, 0, 0, false, key -> key.hour.count() > 40, null),
      new Rule("large", Kind.EVENT, 0, 0, false, key -> key.value > 100, null),
      new Rule("level", Kind.UPDATE, 10 * MINUTE, 0, false, key -> key.hour.count() == 0 ? null : key.hour.max() > 50, null),
      new Rule("kept", Kind.EVENT, 0, 30 * MINUTE, false, key -> key.value > 100, null),
      new Rule("between", Kind.EVENT, 0, 0, false, key -> key.value > 100, key -> key.value < 5),
      new Rule("costly", Kind.UPDATE, 0, 0, true, key -> key.hour.count() == 0 ? null : key.hour.mean() > 20, null),
      new Rule("drop", Kind.CLOSE, 0, 0, false, key -> key.before == null ? null : key.hour.count() < 0.5 * key.before.count(), null),
      new Rule("surge", Kind.CLOSE, 0, 0, false, key -> key.before == null ? null : key.hour.sum() > 3 * key.before.sum(), null),
      new Rule("absent", Kind.CLOSE, 2 * HOUR, 0, false, key -> key.hour.count() < 1, null),
      new Rule("unusual", Kind.CLOSE, 0, 0, false, Key::unusual, null),
      new Rule("flat", Kind.CLOSE, 0, 0, false, key -> key.hour.count() > 3 && key.hour.flat(), null),
      new Rule("fresh", Kind.EVENT, 0, 0, false, key -> !key.had.contains(key.value) && key.had.size() < 1_000 && key.hour.count() > 5, null));

  /** One alert of one rule. */
  private static final class Life {
    Long activeAt;
    Long firedAt;
    Long clearSince;
  }

  private static final class Key {
    final String name;
    final Set<String> told;
    final Map<Long, Hour> hours = new TreeMap<>();
    final Map<Rule, Life> lives = new HashMap<>();
    final Set<Double> had = new HashSet<>();
    final Map<Long, List<Integer>> usual = new HashMap<>();
    Hour hour;
    Hour before;
    double value;
    long running;
    long toClose;

    Key(String name, long first, Set<String> told) {
      this.name = name;
      this.told = told;
      running = first;
      toClose = first;
      RULES.forEach(rule -> lives.put(rule, new Life()));
    }

    Boolean unusual() {
      List<Integer> counts = usual.getOrDefault(hour.start / HOUR % 24, List.of());
      if (counts.size() < 3) {
        return false;
      }
      double mean = counts.stream().mapToInt(each -> each).average().orElseThrow();
      double squares = counts.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
      return hour.count() > mean + 2 * Math.sqrt(squares / counts.size());
    }

    void event(long time, double newValue) {
      endsUntil(time / HOUR * HOUR);
      hour = hours.computeIfAbsent(time / HOUR * HOUR, Hour::new);
      hour.values.add(newValue);
      value = newValue;
      evaluate(Kind.EVENT, time);
      evaluate(Kind.UPDATE, time);
      if (had.size() < 1_000) {
        had.add(newValue);
      }
    }

    private void endsUntil(long start) {
      for (; running < start; running += HOUR) {
        hour = new Hour(running + HOUR);
        evaluate(Kind.UPDATE, running + HOUR);
      }
    }

    void watermark(long watermark) {
      for (; toClose + HOUR - 1 + LATENESS <= watermark; toClose += HOUR) {
        endsUntil(toClose + HOUR);
        hour = hours.getOrDefault(toClose, new Hour(toClose));
        evaluate(Kind.CLOSE, toClose + HOUR);
        if (hour.count() > 0) {
          usual.computeIfAbsent(toClose / HOUR % 24, any -> new ArrayList<>()).add(hour.count());
          before = hour;
        }
      }
    }

    private void evaluate(Kind kind, long time) {
      for (Rule rule : RULES) {
        if (rule.kind() == kind) {
          Boolean holds = rule.when().apply(this);
          if (holds != null || rule.resolvesWithoutData()) {
            step(rule, lives.get(rule), Boolean.TRUE.equals(holds), time);
          }
        }
      }
    }

    private void step(Rule rule, Life life, boolean holds, long time) {
      if (holds) {
        life.activeAt = life.activeAt == null ? Long.valueOf(time) : life.activeAt;
        life.clearSince = null;
        if (life.firedAt == null && time - life.activeAt >= rule.forMs()) {
          life.firedAt = time;
        }
      } else if (life.firedAt == null) {
        life.activeAt = null;
      } else if (rule.clear() == null || rule.clear().apply(this)) {
        life.clearSince = life.clearSince == null ? Long.valueOf(time) : life.clearSince;
        if (time - life.clearSince >= rule.keepMs()) {
          told.add(alert(rule, life, Instant.ofEpochMilli(time).toString()));
          lives.put(rule, new Life());
        }
      }
    }

    private String alert(Rule rule, Life life, String end) {
      return rule.name() + " " + name + " " + Instant.ofEpochMilli(life.firedAt) + " " + end;
    }

    void still() {
      lives.forEach((rule, life) -> {
        if (life.firedAt != null) {
          told.add(alert(rule, life, "null"));
        }
      });
    }
  }

  private AlertTruth() {}

  /** Every alert as {@code rule key startsAt endsAt}. @param partitions of the topic, by which keys share a watermark */
  static Set<String> of(List<SampleStream.Line> lines, int partitions) {
    Set<String> told = new TreeSet<>();
    Map<String, Key> keys = new TreeMap<>();
    long[] newest = new long[partitions];
    for (SampleStream.Line line : lines) {
      int partition = partition(line.key(), partitions);
      newest[partition] = Math.max(newest[partition], line.timestamp());
      Key key = keys.computeIfAbsent(line.key(), name -> new Key(name, line.timestamp() / HOUR * HOUR, told));
      key.watermark(newest[partition] - OUT_OF_ORDERNESS - 1);
      key.event(line.timestamp(), line.value());
    }
    keys.forEach((name, key) -> {
      key.watermark(newest[partition(name, partitions)] - OUT_OF_ORDERNESS - 1);
      key.still();
    });
    return told;
  }

  private static int partition(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(Utils.utf8(key))) % partitions;
  }
}
