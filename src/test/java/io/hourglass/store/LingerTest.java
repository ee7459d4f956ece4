package io.hourglass.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LingerTest {
  private final Linger linger = new Linger(3, 100);

  private void rows(long from, long to, int perSecond) {
    for (long i = from * perSecond / 1_000; i < to * perSecond / 1_000; i++) {
      linger.row(i * 1_000 / perSecond);
    }
  }

  @Test
  void aRowThatComesAloneHardlyWaits() {
    assertEquals(3, linger.ms(1_000));
    linger.row(1_000);
    assertEquals(3, linger.ms(1_000));
  }

  @Test
  void theMoreRowsComeTheLongerABatchWaits() {
    rows(0, 1_000, 1_000);
    assertEquals(23, linger.ms(1_001));
    rows(1_000, 2_000, 4_000);
    assertEquals(83, linger.ms(2_001));
    rows(2_000, 3_000, 50_000);
    assertEquals(100, linger.ms(3_001));
  }

  @Test
  void itIsForgottenWhenNoMoreCome() {
    rows(0, 1_000, 4_000);
    assertEquals(83, linger.ms(1_249));
    assertEquals(3, linger.ms(1_500));
  }
}
