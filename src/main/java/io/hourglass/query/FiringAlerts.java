package io.hourglass.query;

import io.hourglass.alert.Alert;
import io.hourglass.settings.Pipeline;
import io.hourglass.window.RaisedAlert;

/** Gives an alert that a key holds the shape in which it went out: the same id, labels and fingerprint. */
@FunctionalInterface
public interface FiringAlerts {
  Alert alert(Pipeline pipeline, String key, RaisedAlert raised);
}
