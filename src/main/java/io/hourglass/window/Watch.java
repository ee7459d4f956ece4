package io.hourglass.window;

import java.util.List;

/** Told of a window after each observation applied to it; answers with the alerts that this raises. */
@FunctionalInterface
public interface Watch {
  Watch NONE = (window, observation) -> List.of();

  List<RaisedAlert> observed(WindowView window, Observation observation);
}
