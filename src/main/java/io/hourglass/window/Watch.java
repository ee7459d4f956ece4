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

    @Override
    public void ended(Scene scene, RuleStates states) {
      // nobody watches
    }

    @Override
    public void closed(Scene scene, RuleStates states) {
      // nobody watches
    }

    @Override
    public boolean looksAtCloses() {
      return false;
    }

    @Override
    public long deadline(RuleStates states) {
      return Long.MAX_VALUE;
    }
  };

  /** Whether there is anything to evaluate. */
  boolean active();

  /** An observation was applied: to the running window, or to an earlier one that is still open. */
  void observed(Scene scene, RuleStates states);

  /** The running window has ended, and the next one has nothing in it. */
  void ended(Scene scene, RuleStates states);

  /** A window has closed: what it holds is final. */
  void closed(Scene scene, RuleStates states);

  /** Whether it wants to know of a window that closes with nothing in it. */
  boolean looksAtCloses();

  /** The event time at which a state changes although nothing comes, epoch milliseconds; {@link Long#MAX_VALUE}: none does. */
  long deadline(RuleStates states);
}
