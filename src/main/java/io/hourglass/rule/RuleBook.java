package io.hourglass.rule;

import io.hourglass.window.RuleStates;
import io.hourglass.window.Scene;
import io.hourglass.window.Watch;

/** The rules of a pipeline, whichever they are at a time: they may be replaced while keys are watched. For any number of threads. */
public final class RuleBook {
  private volatile Rules rules;

  public RuleBook(Rules rules) {
    this.rules = rules;
  }

  public Rules rules() {
    return rules;
  }

  /** From the next scene of a key on these rules are evaluated. */
  public void replace(Rules newRules) {
    rules = newRules;
  }

  /** What watches over {@code key}. */
  public Watch forKey(String key) {
    return new KeyWatch(key);
  }

  private final class KeyWatch implements Watch {
    private final String key;

    KeyWatch(String key) {
      this.key = key;
    }

    @Override
    public boolean active() {
      return !rules.all().isEmpty();
    }

    @Override
    public long version() {
      return rules.version();
    }

    @Override
    public void changed(Scene running, Scene closed, RuleStates states) {
      rules.changed(key, running, closed, states);
    }

    @Override
    public void observed(Scene scene, RuleStates states) {
      rules.observed(key, scene, states);
    }

    @Override
    public void ended(Scene scene, RuleStates states) {
      rules.ended(key, scene, states);
    }

    @Override
    public void closed(Scene scene, RuleStates states) {
      rules.closed(key, scene, states);
    }

    @Override
    public boolean looksBack() {
      return rules.looksBack();
    }

    @Override
    public boolean looksAtCloses() {
      return rules.looksAtCloses();
    }

    @Override
    public long deadline(RuleStates states, long after) {
      return rules.deadline(states, after);
    }
  }
}
