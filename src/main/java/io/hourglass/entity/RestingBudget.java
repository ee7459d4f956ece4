package io.hourglass.entity;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What all keys at rest on a node may weigh together, whatever their pipeline. When it is too much, the tenure that no key has left
 * for the longest gives up its keys, those that left first first: so tenures that are over go before those in use. Its monitor
 * guards all that it bounds.
 */
final class RestingBudget {
  /** One part in so many of the heap. */
  private static final long SHARE = 10;
  static final RestingBudget NODE = new RestingBudget(Runtime.getRuntime().maxMemory() / SHARE);

  private final long mostBytes;
  /** Those with keys at rest, by when a key last left them. */
  private final Set<RestingTenure> tenures = new LinkedHashSet<>();
  private long bytes;

  RestingBudget(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** A key of {@code tenure} has come to rest. */
  void add(RestingTenure tenure, long weight) {
    tenures.remove(tenure);
    tenures.add(tenure);
    bytes += weight;
    while (bytes > mostBytes) {
      RestingTenure first = tenures.iterator().next();
      free(first, first.forgetFirst());
    }
  }

  /** A key of {@code tenure} is at rest no more. */
  void free(RestingTenure tenure, long weight) {
    bytes -= weight;
    if (tenure.isEmpty()) {
      tenures.remove(tenure);
    }
  }
}
