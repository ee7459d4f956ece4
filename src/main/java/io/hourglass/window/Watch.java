package io.hourglass.window;

/** The rules of a pipeline, bound to a key: told at each {@link Scene} of the key, they change their states. */
public interface Watch {
  /** No rule at all. */
  Watch NONE = new Watch() {
    @Override
    public boolean active() {
      return false;
    }

    @Override
    public void observed(Scene scene, RuleStates states) {
      // nobody watches
    }
  };

  /** Whether there is anything to evaluate. */
  default boolean active() {
    return true;
  }

  /** The same for the same rules, another for others; 0: there never were any. */
  default long version() {
    return 0;
  }

  /**
   * The rules are not those that the states come from: what is left of rules that are gone ends, what does not hold any more
   * does too, and what holds by now begins.
   *
   * @param running the running window, with no observation just applied
   * @param closed the newest closed window; null if there is none
   */
  default void changed(Scene running, Scene closed, RuleStates states) {
    // always the same rules
  }

  /** An observation was applied: to the running window, or to an earlier one that is still open. */
  void observed(Scene scene, RuleStates states);

  /** The running window has ended, and the next one has nothing in it. */
  default void ended(Scene scene, RuleStates states) {
    // not looked at
  }

  /** A window has closed: what it holds is final. */
  default void closed(Scene scene, RuleStates states) {
    // not looked at
  }

  /** Whether it wants to know of a window that closes with nothing in it. */
  default boolean looksAtCloses() {
    return false;
  }

  /** Whether a state may change because the rolling window leaves something behind. */
  default boolean looksBack() {
    return false;
  }

  /** The event time beyond {@code after} at which a state may change although nothing comes, epoch milliseconds; {@link Long#MAX_VALUE}: none does. */
  default long deadline(RuleStates states, long after) {
    return Long.MAX_VALUE;
  }
}
