package io.hourglass.entity;

import io.hourglass.window.RestingKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What keys of a pipeline that have left memory on this node hold of their open windows: so a window of all keys is answered
 * without waking them. Bounded by a budget; of those that are forgotten the read table tells from then on which have open
 * windows. Thread-safe.
 *
 * <p>A key rests in a tenure of its shard: once the shard has moved away, what rests here may be out of date, even if
 * the shard comes back.
 */
final class RestingKeys {
  /** Of tenures before so many it is only known together up to which window the read table tells more. */
  private static final int TENURES = 10_000;
  /** Of the maps in which a key is, in bytes. */
  private static final int MAPPED = 150;

  /** @param tenure of the shard at the time */
  record Rest(String key, RestingKey held, long tenure) {
    long weight() {
      return MAPPED + 2L * key.length() + held.weight();
    }
  }

  /** A question for all keys on its way, and who was woken meanwhile: as they were at rest. */
  static final class Following {
    private final List<Rest> woken = new ArrayList<>();
  }

  private final RestingBudget budget;
  private final Map<String, RestingTenure> places = new HashMap<>();
  private final Map<Long, RestingTenure> tenures = new LinkedHashMap<>();
  private final Set<Following> followings = Collections.newSetFromMap(new IdentityHashMap<>());
  private long before = Long.MIN_VALUE;

  RestingKeys(RestingBudget budget) {
    this.budget = budget;
  }

  void put(Rest rest) {
    synchronized (budget) {
      remove(rest.key());
      RestingTenure tenure = tenures.computeIfAbsent(rest.tenure(), any -> new RestingTenure(places));
      tenure.put(rest);
      budget.add(tenure, rest.weight());
      forgetTenures();
    }
  }

  private void forgetTenures() {
    while (tenures.size() > TENURES) {
      Iterator<RestingTenure> first = tenures.values().iterator();
      RestingTenure tenure = first.next();
      forget(tenure);
      before = Math.max(before, tenure.lessThanTable());
      first.remove();
    }
  }

  private void forget(RestingTenure tenure) {
    while (!tenure.isEmpty()) {
      budget.free(tenure, tenure.forgetFirst());
    }
  }

  /** Forgets those of other tenures than these. */
  void keep(Collection<Long> held) {
    synchronized (budget) {
      tenures.forEach((tenure, rests) -> {
        if (!held.contains(tenure)) {
          forget(rests);
        }
      });
    }
  }

  /** Null when it was not at rest. */
  Rest remove(String key) {
    synchronized (budget) {
      RestingTenure tenure = places.get(key);
      if (tenure == null) {
        return null;
      }
      Rest rest = tenure.remove(key);
      budget.free(tenure, rest.weight());
      return rest;
    }
  }

  /** A key is in memory again; whoever is asking for all keys finds what it held before. */
  void wake(String key) {
    synchronized (budget) {
      Rest rest = remove(key);
      if (rest != null) {
        followings.forEach(following -> following.woken.add(rest));
      }
    }
  }

  /** From now until {@link #found} is asked none that is woken is lost. */
  Following follow() {
    synchronized (budget) {
      Following following = new Following();
      followings.add(following);
      return following;
    }
  }

  /** Those at rest now, then those woken meanwhile. */
  List<Rest> found(Following following) {
    synchronized (budget) {
      followings.remove(following);
      List<Rest> found = all();
      found.addAll(following.woken);
      return found;
    }
  }

  /** The same of one key. */
  List<Rest> found(Following following, String key) {
    synchronized (budget) {
      followings.remove(following);
      List<Rest> found = new ArrayList<>();
      if (places.containsKey(key)) {
        found.add(places.get(key).get(key));
      }
      following.woken.stream().filter(rest -> rest.key().equals(key)).forEach(found::add);
      return found;
    }
  }

  /** Those that are here now. */
  List<Rest> all() {
    synchronized (budget) {
      List<Rest> all = new ArrayList<>(places.size());
      tenures.values().forEach(tenure -> all.addAll(tenure.all()));
      return all;
    }
  }

  /**
   * Whether keys may have left memory here in this tenure of which nothing is known any more but what the read table has: they have
   * closed the window that begins at {@code start}, or were forgotten.
   */
  boolean tellsLessThanTable(long tenure, long start) {
    synchronized (budget) {
      RestingTenure known = tenures.get(tenure);
      return start <= before || known != null && start <= known.lessThanTable();
    }
  }
}
