package io.hourglass.ingest;

import io.hourglass.window.KeyWindows;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys of one partition whose newest observations are not known to be durable, oldest first: the
 * ingester's one data structure.
 *
 * <p>It answers three questions. What does the next batch of a key follow ({@link #previous})? Which key
 * is to be persisted next ({@link #nextToPersist}: the oldest)? Which offset may be committed
 * ({@link #commit}: the first one in doubt, or the position)? A key that is being persisted and observed
 * meanwhile is in doubt twice, each time with a first offset of its own, so that the commit never passes
 * an offset that no durable event covers. Plain Java, not for several threads.
 */
public final class DirtyKeys {

  /** What is in doubt of a key: offsets from first to last, and the watermark before the first. */
  private record Doubt(long first, long last, long watermarkBefore, long since) {

    Doubt until(long newLast) {
      return new Doubt(first, newLast, watermarkBefore, since);
    }
  }

  /** A key to persist, and the offset its answer must cover. */
  public record Due(String key, long last) {}

  /** An offset that may be committed, and the watermark that holds before it. */
  public record Commit(long offset, long watermark) {}

  private final Map<String, Doubt> dirty = new LinkedHashMap<>();
  private final Map<String, Doubt> persisting = new LinkedHashMap<>();
  private long position;
  private long watermark;

  public DirtyKeys(long position, long watermark) {
    this.position = position;
    this.watermark = watermark;
  }

  /** The offset that the next batch of {@code key} follows, or {@link KeyWindows#NO_PREVIOUS}. */
  public long previous(String key) {
    Doubt doubt = dirty.get(key);
    doubt = doubt != null ? doubt : persisting.get(key);
    return doubt == null ? KeyWindows.NO_PREVIOUS : doubt.last();
  }

  /** The first offset of {@code key} in doubt, or {@link KeyWindows#NO_PREVIOUS}: everything of it before that is durable. */
  public long first(String key) {
    Doubt doubt = persisting.get(key);
    doubt = doubt != null ? doubt : dirty.get(key);
    return doubt == null ? KeyWindows.NO_PREVIOUS : doubt.first();
  }

  /**
   * Notes that observations of {@code key} from {@code first} to {@code last} were sent.
   *
   * @param watermarkBefore the watermark before the record at {@code first}
   * @param now milliseconds of any steady clock
   */
  public void sent(String key, long first, long last, long watermarkBefore, long now) {
    Doubt doubt = dirty.get(key);
    dirty.put(key, doubt == null ? new Doubt(first, last, watermarkBefore, now) : doubt.until(last));
  }

  /** Notes that every record below {@code position} was handled, and the watermark that holds there. */
  public void moved(long newPosition, long newWatermark) {
    position = newPosition;
    watermark = newWatermark;
  }

  /** Takes the oldest key that became dirty at or before {@code before} and is not being persisted. */
  public Due nextToPersist(long before) {
    for (Iterator<Map.Entry<String, Doubt>> oldest = dirty.entrySet().iterator(); oldest.hasNext(); ) {
      Map.Entry<String, Doubt> entry = oldest.next();
      if (entry.getValue().since() > before) {
        return null;
      }
      if (!persisting.containsKey(entry.getKey())) {
        persisting.put(entry.getKey(), entry.getValue());
        oldest.remove();
        return new Due(entry.getKey(), entry.getValue().last());
      }
    }
    return null;
  }

  /**
   * Takes the answer to a persist: everything of {@code key} up to {@code offset} is durable. Returns whether that covers
   * what is being persisted; an answer to an earlier persist does not.
   */
  public boolean durable(String key, long offset) {
    Doubt doubt = persisting.get(key);
    return doubt != null && offset >= doubt.last() && persisting.remove(key, doubt);
  }

  /** The first offset in doubt, or the position when nothing is. */
  public Commit commit() {
    Doubt oldest = dirty.isEmpty() ? null : dirty.values().iterator().next();
    for (Doubt doubt : persisting.values()) {
      oldest = oldest == null || doubt.first() < oldest.first() ? doubt : oldest;
    }
    return oldest == null ? new Commit(position, watermark) : new Commit(oldest.first(), oldest.watermarkBefore());
  }

  /** Everything between the commit and the position is to be sent again: forgets what was sent. */
  public void rewind() {
    Commit commit = commit();
    dirty.clear();
    persisting.clear();
    moved(commit.offset(), commit.watermark());
  }

  public int persisting() {
    return persisting.size();
  }

  /** How often keys are in doubt; memory grows with it. */
  public int size() {
    return dirty.size() + persisting.size();
  }

  /** How many records were handled beyond the first one in doubt. */
  public long inDoubt() {
    return position - commit().offset();
  }

  public boolean isEmpty() {
    return dirty.isEmpty() && persisting.isEmpty();
  }

  public long position() {
    return position;
  }

  public long watermark() {
    return watermark;
  }
}
