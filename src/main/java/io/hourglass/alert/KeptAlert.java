package io.hourglass.alert;

import java.util.Optional;

/** An alert in the feed: rendered once, whatever the number of subscribers. */
record KeptAlert(Position position, Alert alert, String json) {

  static KeptAlert of(Position position, Alert alert) {
    return new KeptAlert(position, alert, AlertJson.frame(alert, position));
  }

  Frame frame(Mark mark) {
    return new Frame(Optional.of(position.toString()), mark.mark(json));
  }
}
