package io.hourglass.alert;

import java.util.Optional;

/** A frame for a subscriber: JSON text, and the id to resume after it, if it moves that. */
record Frame(Optional<String> id, String json) {

  static Frame hello(Position after, boolean gap) {
    return new Frame(Optional.of(after.toString()), AlertJson.hello(after, gap));
  }
}
