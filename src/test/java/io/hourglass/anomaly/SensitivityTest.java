package io.hourglass.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SensitivityTest {

  @Test
  void theMoreSensitiveTheLowerTheThreshold() {
    assertEquals(0.75, new Sensitivity(0).threshold());
    assertEquals(0.5, new Sensitivity(0.5).threshold());
    assertEquals(0.25, new Sensitivity(1).threshold());
  }

  @Test
  void theGradeSaysHowFarAScoreIsOverTheThreshold() {
    Sensitivity usual = new Sensitivity(0.5);
    assertEquals(0, usual.grade(new Score(0.2, 1)));
    assertEquals(0, usual.grade(new Score(0.5, 1)));
    assertEquals(0.5, usual.grade(new Score(0.75, 1)));
    assertTrue(usual.isAnomaly(new Score(0.5, 1)));
    assertFalse(usual.isAnomaly(new Score(0.499, 1)));
  }

  @Test
  void isBetweenZeroAndOne() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertEquals("sensitivity: " + wrong + " (expected: 0 to 1)",
          assertThrows(IllegalArgumentException.class, () -> new Sensitivity(wrong)).getMessage());
    }
  }
}
