package io.hourglass.notify.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  void tellsNewsOnce() {
    assertTrue(ledger.accept(Told.fires("burst", "a", 1)).isPresent());
    assertTrue(ledger.accept(Told.fires("burst", "a", 1)).isEmpty());
    assertEquals(1, ledger.accept(Told.ends("burst", "a", 1, 5)).orElseThrow().since());
    assertTrue(ledger.accept(Told.ends("burst", "a", 1, 5)).isEmpty());
  }

  @Test
  void whatEndedStaysEndedEvenWhenForgotten() {
    ledger.accept(Told.fires("burst", "a", 1));
    ledger.accept(Told.ends("burst", "a", 1, 5));
    assertTrue(ledger.accept(Told.fires("burst", "a", 1)).isEmpty());
    ledger.forget("burst/a");
    assertTrue(ledger.accept(Told.fires("burst", "a", 1)).isEmpty());
    assertTrue(ledger.accept(Told.fires("burst", "a", 9)).isPresent());
  }

  @Test
  void anOlderEpisodeToldAgainChangesNothing() {
    ledger.accept(Told.fires("burst", "a", 9));
    assertTrue(ledger.accept(Told.fires("burst", "a", 1)).isEmpty());
    assertTrue(ledger.accept(Told.ends("burst", "a", 1, 5)).isEmpty());
    assertTrue(ledger.get("burst/a").orElseThrow().firing());
  }

  @Test
  void anEndOfWhatDidNotFireIsNoNews() {
    assertFalse(ledger.accept(Told.ends("burst", "a", 1, 5)).isPresent());
  }
}
