package io.hourglass.store;

/**
 * Where a bucket of a shard stands on its way out.
 *
 * @param foldedAt when its windows were added up to days, wall clock, epoch milliseconds; null: they are not
 * @param removed whether its windows are gone
 */
public record Bucket(long number, Long foldedAt, boolean removed) {
  public boolean folded() {
    return foldedAt != null;
  }
}
