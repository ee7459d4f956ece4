package io.hourglass.alert;

import java.util.Optional;

/** Where a subscriber wants to begin. */
sealed interface After {

  /** The cursor this means in a log that reaches so far. */
  Start in(Extent extent);

  /** From a request's text: empty for "from now"; {@code earliest}; or an id. */
  static After parse(Optional<String> text) {
    return text.map(After::parse).orElseGet(Now::new);
  }

  private static After parse(String text) {
    return text.equals(Position.EARLIEST) ? new Earliest() : new Behind(Position.parse(text));
  }

  /** What comes from here on. */
  record Now() implements After {
    @Override
    public Start in(Extent extent) {
      return new Start(extent.head(), false);
    }
  }

  /** Everything that is kept. */
  record Earliest() implements After {
    @Override
    public Start in(Extent extent) {
      return new Start(extent.lost(), false);
    }
  }

  /** What follows a frame; everything that is kept, and a gap, if that does not begin early enough. */
  record Behind(Position position) implements After {
    @Override
    public Start in(Extent extent) {
      boolean known = position.epoch().equals(extent.epoch()) && position.offset() >= extent.lost() && position.offset() <= extent.head();
      return known ? new Start(position.offset(), false) : new Start(extent.lost(), true);
    }
  }

  /**
   * Where it begins.
   *
   * @param cursor frames with greater offsets are sent
   * @param gap whether something between what was asked for and the cursor is gone
   */
  record Start(long cursor, boolean gap) {}
}
