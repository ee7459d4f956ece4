package io.hourglass.store;

import java.util.List;

/**
 * A part of a list.
 *
 * @param next where the rest begins, to be given back as it is; null when there is no rest
 */
public record Page<T>(List<T> items, String next) {
  public Page {
    items = List.copyOf(items);
  }
}
