package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.window.KeyWindows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DirtyKeysTest {
  private final DirtyKeys dirty = new DirtyKeys(100, 7);

  @Test
  void withNothingInDoubtThePositionIsCommitted() {
    assertEquals(new DirtyKeys.Commit(100, 7), dirty.commit());
    dirty.moved(120, 9);
    assertEquals(new DirtyKeys.Commit(120, 9), dirty.commit());
    assertEquals(KeyWindows.NO_PREVIOUS, dirty.previous("a"));
    assertNull(dirty.nextToPersist(Long.MAX_VALUE));
    assertTrue(dirty.isEmpty());
  }

  @Test
  void aBatchFollowsTheLastOneSentUntilThatIsDurable() {
    dirty.sent("a", 100, 103, 7, 0);
    assertEquals(103, dirty.previous("a"));
    assertEquals(new DirtyKeys.Due("a", 103), dirty.nextToPersist(0));
    assertEquals(103, dirty.previous("a"));
    dirty.sent("a", 105, 106, 8, 1);
    assertEquals(106, dirty.previous("a"));
    assertTrue(dirty.durable("a", 103));
    assertEquals(106, dirty.previous("a"));
    dirty.nextToPersist(1);
    assertTrue(dirty.durable("a", 106));
    assertEquals(KeyWindows.NO_PREVIOUS, dirty.previous("a"));
  }

  @Test
  void theCommitIsTheFirstOffsetInDoubtAndTheWatermarkBeforeIt() {
    dirty.sent("a", 100, 104, 7, 0);
    dirty.sent("b", 101, 101, 8, 0);
    dirty.moved(105, 20);
    assertEquals(new DirtyKeys.Commit(100, 7), dirty.commit());
    dirty.nextToPersist(0);
    assertEquals(new DirtyKeys.Commit(100, 7), dirty.commit());
    assertTrue(dirty.durable("a", 104));
    assertEquals(new DirtyKeys.Commit(101, 8), dirty.commit());
  }

  @Test
  void aKeyThatIsSentMoreWhileItPersistsIsInDoubtFromThereOn() {
    dirty.sent("a", 100, 100, 7, 0);
    dirty.nextToPersist(0);
    dirty.sent("a", 101, 101, 8, 0);
    dirty.moved(102, 9);
    assertEquals(2, dirty.size());
    assertNull(dirty.nextToPersist(0), "one persist of a key at a time");
    assertTrue(dirty.durable("a", 101));
    assertEquals(new DirtyKeys.Commit(101, 8), dirty.commit());
  }

  @Test
  void anAnswerToAnEarlierPersistCoversNothing() {
    dirty.sent("a", 100, 104, 7, 0);
    dirty.nextToPersist(0);
    assertFalse(dirty.durable("a", 103));
    assertEquals(1, dirty.persisting());
    assertFalse(dirty.durable("nobody asked", 0));
  }

  @Test
  void theOldestIsPersistedFirstAndNotBeforeItsTime() {
    dirty.sent("a", 100, 100, 7, 10);
    dirty.sent("b", 101, 101, 7, 20);
    dirty.sent("a", 102, 102, 7, 30);
    assertNull(dirty.nextToPersist(9));
    assertEquals(new DirtyKeys.Due("a", 102), dirty.nextToPersist(10));
    assertNull(dirty.nextToPersist(19));
    assertEquals(new DirtyKeys.Due("b", 101), dirty.nextToPersist(20));
  }

  @Test
  void goingBackForgetsWhatWasSentAndStandsAtTheCommit() {
    dirty.sent("a", 100, 100, 7, 0);
    dirty.nextToPersist(0);
    dirty.sent("b", 101, 101, 8, 0);
    dirty.moved(102, 9);
    assertTrue(dirty.durable("a", 100));
    dirty.rewind();
    assertEquals(101, dirty.position());
    assertEquals(8, dirty.watermark());
    assertTrue(dirty.isEmpty());
    assertEquals(KeyWindows.NO_PREVIOUS, dirty.previous("b"));
    assertFalse(dirty.durable("b", 101), "an answer to what was forgotten");
  }

  /** Against a model that remembers of every offset whose it is and whether it is durable. */
  @Property(tries = 500)
  void nothingIsCommittedThatIsNotDurable(@ForAll @Size(min = 1, max = 80) List<@IntRange(max = 11) Integer> steps) {
    DirtyKeys keys = new DirtyKeys(0, -1);
    TreeMap<Long, String> doubtful = new TreeMap<>();
    Map<String, Long> asked = new HashMap<>();
    long position = 0;
    for (int step : steps) {
      String key = "k" + step % 4;
      if (step < 4) {
        assertEquals(last(doubtful, key), keys.previous(key));
        keys.sent(key, position, position, position - 1, 0);
        doubtful.put(position++, key);
        keys.moved(position, position - 1);
      } else if (step < 7) {
        DirtyKeys.Due due = keys.nextToPersist(0);
        if (due != null) {
          assertEquals(last(doubtful, due.key()), due.last());
          assertNull(asked.put(due.key(), due.last()));
        }
      } else if (step < 11 && asked.containsKey(key)) {
        long durable = asked.remove(key);
        assertTrue(keys.durable(key, durable));
        doubtful.entrySet().removeIf(each -> each.getValue().equals(key) && each.getKey() <= durable);
      } else if (step == 11) {
        keys.rewind();
        position = keys.position();
        doubtful.clear();
        asked.clear();
      }
      long first = doubtful.isEmpty() ? position : doubtful.firstKey();
      assertEquals(new DirtyKeys.Commit(first, first - 1), keys.commit());
      assertEquals(doubtful.isEmpty(), keys.isEmpty());
    }
    assertEquals(List.of(), unasked(keys, new ArrayList<>(asked.keySet()), doubtful));
  }

  /** Keys in doubt that no persist would ever reach. */
  private static List<String> unasked(DirtyKeys keys, List<String> reached, TreeMap<Long, String> doubtful) {
    for (DirtyKeys.Due due = keys.nextToPersist(0); due != null; due = keys.nextToPersist(0)) {
      reached.add(due.key());
    }
    return doubtful.values().stream().filter(key -> !reached.contains(key)).toList();
  }

  private static long last(TreeMap<Long, String> doubtful, String key) {
    return doubtful.entrySet().stream().filter(each -> each.getValue().equals(key)).mapToLong(Map.Entry::getKey).max()
        .orElse(KeyWindows.NO_PREVIOUS);
  }
}
