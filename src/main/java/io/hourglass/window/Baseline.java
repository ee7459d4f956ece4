package io.hourglass.window;

import java.util.List;

/**
 * What a series was in a season's slots over a key's earlier windows.
 *
 * @param slots those with a value, in any order
 */
public record Baseline(String series, List<Slot> slots) {

  public record Slot(int slot, Moments moments) {}
}
