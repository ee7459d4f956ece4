package io.hourglass.entity;

import io.hourglass.entity.RestingKeys.Rest;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys that have come to rest in one tenure of a shard, and up to which window there have been others. Guarded by the budget. */
final class RestingTenure {
  /** Where each key of the pipeline rests. */
  private final Map<String, RestingTenure> places;
  private final Map<String, Rest> rests = new LinkedHashMap<>();
  private long forgotten = Long.MIN_VALUE;
  private long closed = Long.MIN_VALUE;

  RestingTenure(Map<String, RestingTenure> places) {
    this.places = places;
  }

  void put(Rest rest) {
    closed = Math.max(closed, rest.held().closedUpTo());
    places.put(rest.key(), this);
    rests.put(rest.key(), rest);
  }

  Rest remove(String key) {
    places.remove(key);
    return rests.remove(key);
  }

  /** Returns the weight of the one that it was. */
  long forgetFirst() {
    Iterator<Rest> first = rests.values().iterator();
    Rest rest = first.next();
    first.remove();
    places.remove(rest.key());
    forgotten = Math.max(forgotten, rest.held().newest());
    return rest.weight();
  }

  Rest get(String key) {
    return rests.get(key);
  }

  Collection<Rest> all() {
    return rests.values();
  }

  boolean isEmpty() {
    return rests.isEmpty();
  }

  /** Start of the newest window of which the read table tells more than what rests here; {@code Long.MIN_VALUE}: none. */
  long lessThanTable() {
    return Math.max(forgotten, closed);
  }
}
