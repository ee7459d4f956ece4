package io.hourglass.load.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Every window and every alert, as the nodes tell them, against the oracle. */
final class Comparison {
  private static final int IN_FLIGHT = 32;

  private final Ledger ledger;
  private final Load load;
  private final List<String> differences = new ArrayList<>();
  private long windows;
  private long alerts;

  Comparison(Ledger ledger, Load load) {
    this.ledger = ledger;
    this.load = load;
  }

  long windowsCompared() {
    return windows;
  }

  long alertsCompared() {
    return alerts;
  }

  List<String> differences() {
    return differences;
  }

  /** All windows of all keys, asked of one node. @param query {@code "consistency=durable"} or empty */
  void windows(Asking node, String query) {
    for (var from = 0; from < load.keys(); from += IN_FLIGHT) {
      var to = Math.min(load.keys(), from + IN_FLIGHT);
      var answers = new ArrayList<CompletableFuture<JsonNode>>();
      for (var key = from; key < to; key++) {
        answers.add(ledger.windows(key).isEmpty() ? null : node.json("/v1/pipelines/" + Load.PIPELINE + "/entities/"
            + Load.key(key) + "/windows?limit=1000&" + query));
      }
      for (var key = from; key < to; key++) {
        if (answers.get(key - from) != null) {
          compare(node, key, answers.get(key - from).join().get("items"));
        }
      }
    }
  }

  private void compare(Asking node, int key, JsonNode items) {
    var told = new TreeMap<Long, JsonNode>();
    for (var item : items) {
      if (told.put(Instant.parse(item.get("start").asText()).toEpochMilli(), item) != null) {
        difference(node, key, item.get("start").asText() + " is told twice");
      }
    }
    var expected = ledger.windows(key);
    expected.forEach((start, cell) -> {
      windows++;
      var item = told.remove(start);
      if (item == null) {
        difference(node, key, Instant.ofEpochMilli(start) + " is missing (expected: " + cell.count + " events)");
      } else {
        compare(node, key, start, cell, item);
      }
    });
    told.forEach((start, item) -> difference(node, key, Instant.ofEpochMilli(start) + " holds "
        + item.get("count") + " events (expected: none)"));
  }

  private void compare(Asking node, int key, long start, Cell cell, JsonNode item) {
    var value = item.get("measures").get("value");
    var is = String.join(" ", item.get("state").asText(), "late " + item.get("late").asText(), "count " + item.get("count").asText(),
        number(value, "sum"), number(value, "min"), number(value, "max"), number(value, "first"), number(value, "last"));
    var must = String.join(" ", ledger.closed(key, start) ? "closed" : "open", "late 0", "count " + cell.count,
        "sum " + cell.sum, "min " + cell.min, "max " + cell.max, "first " + cell.first, "last " + cell.last);
    if (!is.equals(must)) {
      difference(node, key, Instant.ofEpochMilli(start) + ": " + is + " (expected: " + must + ")");
    }
  }

  private static String number(JsonNode measure, String name) {
    var value = measure == null || measure.get(name) == null ? Double.NaN : measure.get(name).asDouble();
    return name + " " + (value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
  }

  private void difference(Asking node, int key, String what) {
    differences.add(node.base().getAuthority() + " " + Load.key(key) + ": " + what);
  }

  /** Exactly the alerts that must exist, each once. @param told by id @param by who tells them */
  void alerts(String by, Map<String, Firing> told) {
    compare(by, told, ledger.alerts());
  }

  /** Exactly the frames that must have come, each with one id. */
  void frames(String by, Map<String, Firing> told) {
    compare(by, told, ledger.frames());
  }

  private void compare(String by, Map<String, Firing> told, Set<Firing> expected) {
    var ids = new TreeMap<Firing, List<String>>();
    told.forEach((id, firing) -> ids.computeIfAbsent(firing, each -> new ArrayList<>()).add(id));
    alerts += expected.size();
    expected.stream().filter(firing -> !ids.containsKey(firing))
        .forEach(firing -> differences.add(by + ": alert lost: " + firing));
    ids.forEach((firing, all) -> {
      if (!expected.contains(firing)) {
        differences.add(by + ": alert that must not be: " + firing);
      } else if (all.size() > 1) {
        differences.add(by + ": alert with several ids: " + firing + " " + all);
      }
    });
  }

  /** Alerts of {@code /v1/alerts} by id. */
  static Map<String, Firing> told(Asking node) {
    var told = new TreeMap<String, Firing>();
    node.all("/v1/alerts?pipeline=" + Load.PIPELINE).forEach(item -> told.put(item.get("id").asText(), Firing.of(item)));
    return told;
  }
}
