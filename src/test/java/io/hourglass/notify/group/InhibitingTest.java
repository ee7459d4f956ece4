package io.hourglass.notify.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hourglass.settings.Notify.Inhibition;
import java.util.List;
import org.junit.jupiter.api.Test;

class InhibitingTest {
  private final Inhibiting inhibiting = new Inhibiting(List.of(new Inhibition("p", "outage", "burst"), new Inhibition("p", "flood", "burst")));

  @Test
  void mutesTheSameKeyWhileTheSourceFires() {
    inhibiting.follow(Told.fires("outage", "a", 1));
    assertEquals(List.of("outage/a"), inhibiting.muting(Told.fires("burst", "a", 2)));
    assertEquals(List.of(), inhibiting.muting(Told.fires("burst", "b", 2)));
    assertEquals(List.of(), inhibiting.muting(Told.fires("outage", "a", 2)));
    inhibiting.follow(Told.fires("flood", "a", 3));
    assertEquals(List.of("flood/a", "outage/a"), inhibiting.muting(Told.ends("burst", "a", 2, 4)));
    inhibiting.follow(Told.ends("outage", "a", 1, 5));
    inhibiting.follow(Told.fires("outage", "a", 1));
    assertEquals(List.of("flood/a"), inhibiting.muting(Told.fires("burst", "a", 2)));
  }

  @Test
  void theLogKnowsBetterThanWhatWasKept() {
    inhibiting.seed(Told.fires("outage", "a", 1));
    inhibiting.follow(Told.ends("outage", "b", 1, 2));
    inhibiting.seed(Told.fires("outage", "b", 1));
    assertEquals(List.of("outage/a"), inhibiting.muting(Told.fires("burst", "a", 2)));
    assertEquals(List.of(), inhibiting.muting(Told.fires("burst", "b", 2)));
  }
}
