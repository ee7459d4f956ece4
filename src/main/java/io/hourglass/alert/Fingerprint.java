package io.hourglass.alert;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What names an alert's label set: FNV-1a, 64 bits, over the labels sorted by name, 0xff behind each name
 * and each value, as Prometheus and Alertmanager do it ({@code model.LabelSet.Fingerprint}), so that their
 * fingerprint of the same labels is the same.
 */
final class Fingerprint {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int SEPARATOR = 0xff;

  private Fingerprint() {}

  /** 16 hex digits. */
  static String of(Map<String, String> labels) {
    return String.format("%016x", hash(new TreeMap<>(labels)));
  }

  private static long hash(SortedMap<String, String> labels) {
    long hash = OFFSET_BASIS;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      hash = add(add(hash, label.getKey()), label.getValue());
    }
    return hash;
  }

  private static long add(long hash, String text) {
    long added = hash;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      added = add(added, b & 0xff);
    }
    return add(added, SEPARATOR);
  }

  private static long add(long hash, int octet) {
    return (hash ^ octet) * PRIME;
  }
}
