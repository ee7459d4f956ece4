package io.hourglass.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a run must have come to: count, sum, minimum and maximum of every key and window, from the same seed. */
final class Truth {
  private static final int IN_FLIGHT = 16;

  private final int windows;
  private final int keys;
  private final int[] counts;
  private final long[] sums;
  private final int[] smallest;
  private final int[] largest;

  /** @param keys checked ones; @param events summed over their windows as the node tells them; @param faults the first few */
  record Verdict(int keys, long events, long expected, long closed, List<String> faults) {
    boolean exact() {
      return faults.isEmpty() && events == expected;
    }
  }

  Truth(Options options) {
    var events = new Events(options);
    windows = events.windows();
    keys = options.keys();
    counts = new int[keys * windows];
    sums = new long[keys * windows];
    smallest = new int[keys * windows];
    largest = new int[keys * windows];
    Arrays.fill(smallest, Integer.MAX_VALUE);
    events.forEach((key, timestampMs, bytes, user, path) -> add(key * windows + Events.window(timestampMs), bytes));
  }

  private void add(int cell, int bytes) {
    counts[cell]++;
    sums[cell] += bytes;
    smallest[cell] = Math.min(smallest[cell], bytes);
    largest[cell] = Math.max(largest[cell], bytes);
  }

  /** Compares every {@code step}-th key with what the node answers. */
  Verdict check(Api api, int step) {
    var check = new Check();
    for (var from = 0; from < keys; from += step * IN_FLIGHT) {
      var asked = new ArrayList<Integer>();
      for (var key = from; key < keys && asked.size() < IN_FLIGHT; key += step) {
        if (events(key) > 0) {
          asked.add(key);
        }
      }
      var answers = asked.stream().map(key -> api.windows(Events.key(key))).toList();
      for (var i = 0; i < asked.size(); i++) {
        check.key(asked.get(i), answers.get(i).join());
      }
    }
    return check.verdict();
  }

  private long events(int key) {
    return Arrays.stream(counts, key * windows, (key + 1) * windows).asLongStream().sum();
  }

  private final class Check {
    private final List<String> faults = new ArrayList<>();
    private int checked;
    private long told;
    private long expected;
    private long closed;

    void key(int key, JsonNode items) {
      checked++;
      expected += events(key);
      var missing = Arrays.stream(counts, key * windows, (key + 1) * windows).filter(count -> count > 0).count();
      if (items.size() != missing) {
        fault(key, items.size() + " windows (expected: " + missing + ")");
      }
      items.forEach(window -> window(key, window));
    }

    private void window(int key, JsonNode window) {
      var index = Events.window(Instant.parse(window.get("start").asText()).toEpochMilli());
      var bytes = window.get("measures").get("bytes");
      var is = List.of(window.get("count").asDouble(), bytes.get("sum").asDouble(), bytes.get("min").asDouble(),
          bytes.get("max").asDouble());
      var cell = key * windows + index;
      var must = List.of((double) counts[cell], (double) sums[cell], (double) smallest[cell], (double) largest[cell]);
      told += window.get("count").asLong();
      closed += window.get("state").asText().equals("closed") ? 1 : 0;
      if (!is.equals(must)) {
        fault(key, "window " + index + ": count, sum, min, max " + is + " (expected: " + must + ")");
      }
    }

    private void fault(int key, String what) {
      if (faults.size() < 10) {
        faults.add(Events.key(key) + ": " + what);
      }
    }

    Verdict verdict() {
      return new Verdict(checked, told, expected, closed, List.copyOf(faults));
    }
  }
}
