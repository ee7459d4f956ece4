package io.hourglass.silence;

import static io.hourglass.silence.Silence.State.ACTIVE;
import static io.hourglass.silence.Silence.State.EXPIRED;
import static io.hourglass.silence.Silence.State.PENDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hourglass.shared.TableInMemory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SilencesTest {
  private static final Map<String, String> BURST = Map.of("rule", "burst");
  private static final List<Matcher> MATCHERS = List.of(new Matcher("rule", "burst", false, true));

  private final TableInMemory table = new TableInMemory();
  private final AtomicLong now = new AtomicLong(100_000);
  private final Silences silences = open();

  private Silences open() {
    return Silences.open(table, () -> Instant.ofEpochMilli(now.get())).toCompletableFuture().join();
  }

  @Test
  void mutesFromItsStartUntilItsEnd() {
    String id = set("", MATCHERS, 101_000, 102_000);
    for (long at : new long[] {100_999, 102_000}) {
      now.set(at);
      assertEquals(List.of(), silences.muting(BURST), "at " + at);
    }
    for (long at : new long[] {101_000, 101_999}) {
      now.set(at);
      assertEquals(List.of(id), silences.muting(BURST), "at " + at);
      assertEquals(List.of(), silences.muting(Map.of("rule", "quiet")));
    }
  }

  @Test
  void statesAtTheBoundaries() {
    Silence silence = silence("x", MATCHERS, 10, 20);
    assertEquals(List.of(PENDING, ACTIVE, ACTIVE, EXPIRED), List.of(silence.state(9), silence.state(10), silence.state(19), silence.state(20)));
  }

  @Test
  void aNewOneDoesNotBeginInThePast() {
    assertEquals(100_000, silences.get(set("", MATCHERS, 5, 200_000)).orElseThrow().startsAt());
  }

  @Test
  void theEndOfAnActiveOneMovesInPlace() {
    String id = set("", MATCHERS, 100_000, 200_000);
    now.set(150_000);
    assertEquals(id, set(id, MATCHERS, 100_000, 300_000));
    assertEquals(300_000, silences.get(id).orElseThrow().endsAt());
    assertEquals(150_000, silences.get(id).orElseThrow().updatedAt());
  }

  @Test
  void whatWouldChangeThePastMakesANewOneAndEndsTheOld() {
    String id = set("", MATCHERS, 100_000, 200_000);
    now.set(150_000);
    String other = set(id, List.of(new Matcher("rule", "quiet", false, true)), 100_000, 200_000);
    assertNotEquals(id, other);
    assertEquals(EXPIRED, silences.get(id).orElseThrow().state(150_000));
    assertEquals(150_000, silences.get(other).orElseThrow().startsAt());
    now.set(200_000);
    assertNotEquals(other, set(other, List.of(new Matcher("rule", "quiet", false, true)), 150_000, 300_000));
  }

  @Test
  void thereIsNothingToReplaceUnderAnUnknownId() {
    assertEquals(Optional.empty(), silences.set(silence("unknown", MATCHERS, 1, 200_000)).toCompletableFuture().join());
  }

  @Test
  void expiresAtOnceAndAPendingOneNeverBegins() {
    String active = set("", MATCHERS, 100_000, 200_000);
    String pending = set("", MATCHERS, 150_000, 200_000);
    now.set(120_000);
    assertTrue(silences.expire(active).toCompletableFuture().join());
    assertTrue(silences.expire(pending).toCompletableFuture().join());
    assertTrue(silences.expire(pending).toCompletableFuture().join());
    assertEquals(List.of(), silences.muting(BURST));
    assertEquals(120_000, silences.get(pending).orElseThrow().startsAt());
  }

  @Test
  void anEndedOneIsRemovedAfterFiveDays() {
    String id = set("", MATCHERS, 100_000, 200_000);
    now.set(200_000 + 120 * 3_600_000L);
    silences.sweep().toCompletableFuture().join();
    assertTrue(silences.get(id).isPresent());
    now.addAndGet(1);
    silences.sweep().toCompletableFuture().join();
    assertTrue(silences.get(id).isEmpty());
  }

  @Test
  void outlivesTheNode() {
    String id = set("", MATCHERS, 100_000, 200_000);
    assertEquals(silences.all(), open().all());
    assertEquals(List.of(id), open().muting(BURST));
  }

  @Test
  void refusesWhatCannotBe() {
    assertEquals("matchers: 0 of them (expected: 1 to 64)", refused(silence("", List.of(), 1, 200_000)));
    assertEquals("endsAt: 5 (expected: after startsAt)", refused(silence("", MATCHERS, 5, 5)));
    assertEquals("endsAt: 99999 (expected: not in the past)", refused(silence("", MATCHERS, 5, 99_999)));
    assertEquals("matchers: [rule=~\".*\", key=\"\"] (expected: one, at least, that does not match the empty text)",
        refused(silence("", List.of(new Matcher("rule", ".*", true, true), new Matcher("key", "", false, true)), 1, 200_000)));
  }

  @Test
  void readsWhatItWrote() {
    Silence silence = new Silence("a", List.of(new Matcher("rule", "b\"u\\r", true, false)), 1, 2, 3, "me", "why\nnot");
    assertEquals(silence, SilenceJson.read(SilenceJson.stored(silence)));
  }

  private String refused(Silence silence) {
    return assertThrows(BadSilence.class, () -> silences.set(silence)).getMessage();
  }

  private String set(String id, List<Matcher> matchers, long startsAt, long endsAt) {
    return silences.set(silence(id, matchers, startsAt, endsAt)).toCompletableFuture().join().orElseThrow();
  }

  private static Silence silence(String id, List<Matcher> matchers, long startsAt, long endsAt) {
    return new Silence(id, matchers, startsAt, endsAt, 0, "me", "because");
  }
}
