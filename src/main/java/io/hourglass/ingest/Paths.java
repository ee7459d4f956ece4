package io.hourglass.ingest;

import java.util.HashMap;
import java.util.Map;

/**
 * The way on which each key is told: through sharding, or past it to an entity on the same node, which costs half. One message
 * must not overtake another, so the short way is open only when nothing is under way on the long one: when the key has
 * accepted what it was told last on that. Plain Java, not for several threads.
 */
final class Paths {
  private enum State {
    /** What was told last through sharding has asked to be accepted. */
    ASKED,
    /** Something else was told through sharding since. */
    FOLLOWED,
    /** Nothing is under way through sharding. */
    SHORT
  }

  private final Map<String, State> states = new HashMap<>();

  /** Whether {@code key} may be told on the short way. */
  boolean isShort(String key) {
    return states.get(key) == State.SHORT;
  }

  /** {@code key} is told through sharding, and asked to accept that, or not. Asked a second time, its answer to the first proves nothing. */
  void sharded(String key, boolean acknowledge) {
    if (acknowledge && !underWay(key)) {
      states.put(key, State.ASKED);
    } else {
      states.replace(key, State.FOLLOWED);
    }
  }

  private boolean underWay(String key) {
    State state = states.get(key);
    return state == State.ASKED || state == State.FOLLOWED;
  }

  /** {@code key} has accepted what it was last asked to. */
  void accepted(String key) {
    if (!states.replace(key, State.ASKED, State.SHORT)) {
      states.remove(key, State.FOLLOWED);
    }
  }

  /** Nothing of {@code key} is in doubt any more. */
  void forget(String key) {
    states.remove(key);
  }

  void clear() {
    states.clear();
  }
}
