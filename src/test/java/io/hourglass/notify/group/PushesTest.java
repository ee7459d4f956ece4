package io.hourglass.notify.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PushesTest {
  private static final long RESEND = 60_000;
  private final Pushes pushes = new Pushes(RESEND);

  @Test
  void aFiringAlertIsPushedAtOnceAndAgain() {
    pushes.put(Told.held("burst", "a", 1_000));
    assertEquals(List.of(new Push(Told.held("burst", "a", 1_000), 1_000, 241_100)), due(1_100));
    pushes.delivered(1_200);
    assertEquals(List.of(), due(61_199));
    assertEquals(301_200, due(61_200).get(0).endsAt());
  }

  @Test
  void theEndIsPushedForFiveMinutes() {
    Held ended = Told.ended("burst", "a", 1_000, 2_000);
    pushes.put(Told.held("burst", "a", 1_000));
    due(1_000);
    pushes.delivered(1_000);
    pushes.put(ended);
    assertEquals(List.of(new Push(ended, 1_000, 2_000)), due(2_000));
    pushes.delivered(2_000);
    assertEquals(1, due(62_000).size());
    pushes.delivered(62_000);
    due(301_999);
    assertTrue(pushes.holds(ended));
    due(302_000);
    assertFalse(pushes.holds(ended));
  }

  @Test
  void anEndThatCannotBeToldIsForgottenWhenItsAlertmanagerHasGivenTheAlertUp() {
    Held ended = Told.ended("burst", "a", 1_000, 2_000);
    pushes.put(ended);
    due(2_000 + Pushes.RESOLVED_MS + 4 * RESEND - 1);
    assertTrue(pushes.holds(ended));
    pushes.failed(0);
    due(2_000 + Pushes.RESOLVED_MS + 4 * RESEND);
    assertFalse(pushes.holds(ended));
  }

  @Test
  void aFailureIsTriedAgainAfterPausesThatDouble() {
    pushes.put(Told.held("burst", "a", 0));
    long at = 0;
    for (long pause : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000}) {
      assertEquals(1, due(at).size());
      pushes.failed(at);
      assertEquals(List.of(), due(at + pause - 1));
      at += pause;
    }
  }

  @Test
  void aMutedAlertIsNotPushed() {
    pushes.put(Told.held("burst", "a", 0));
    assertEquals(List.of(), pushes.due(0, held -> true));
    assertEquals(1, due(0).size());
  }

  @Test
  void whatChangesWhileABatchIsUnderwayIsPushedNext() {
    pushes.put(Told.held("burst", "a", 0));
    due(0);
    pushes.put(Told.ended("burst", "a", 0, 5));
    assertEquals(List.of(), due(6));
    pushes.delivered(7);
    assertFalse(due(7).get(0).alert().firing());
  }

  private List<Push> due(long now) {
    return pushes.due(now, held -> false);
  }
}
